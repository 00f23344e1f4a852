import type { Report } from '../report.ts'
import type { VerdictView } from '../view.ts'
import { wordSeconds } from './word-seconds.ts'
import { closedSentence, sentence } from './sentence.ts'

const WORDS = {
  passed: { word: 'passed', tone: 'good', otherwise: 'every promise held' },
  failed: { word: 'failed', tone: 'bad', otherwise: 'a promise did not hold' },
  inconclusive: { word: 'cannot tell', tone: 'unsure', otherwise: 'this run does not decide' },
} as const

export function viewVerdict({ verdict, because }: Pick<Report, 'verdict' | 'because'>): VerdictView {
  const { word, tone, otherwise } = WORDS[verdict]
  const reason = closedSentence(because || otherwise)
  return { word, tone, because: reason, sentence: `${sentence(word).slice(0, -1)}: ${reason}` }
}

/** How the run came to an early end, if it did: everything else then speaks of what was measured until there. */
export function viewEnding(report: Pick<Report, 'run'>): string | null {
  const { ended } = report.run
  // Stopped before the first request: the verdict says so already.
  if (ended.how === 'completed' || (ended.how === 'stopped' && ended.at === 0)) return null
  const rest = 'the figures speak of what was measured until then.'
  if (ended.how === 'interrupted')
    return `Interrupted by ${ended.signal} after ${wordSeconds(ended.at / 1e9)}; ${rest}`
  return `Stopped after ${wordSeconds(ended.at / 1e9)}: ${closedSentence(ended.reason)}`
}
