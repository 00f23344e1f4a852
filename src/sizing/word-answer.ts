import { formatLeastShare, formatNumber, formatRate, formatShare } from '../units/format.ts'
import type { Sized, SizingOption } from './sizing-answer.ts'
import type { SizingQuestion } from './sizing-question.ts'

/** The answer in one sentence: what to run, and how likely it holds. */
export function wordAnswer(
  { exact, need, scaling }: Sized,
  option: SizingOption,
  question: SizingQuestion,
  present: number,
): string {
  const { name, backends, odds } = option
  if (option.holds !== true)
    return `nothing that was looked at carries ${wordPeak(question)}${need.reachable ? '' : `: ${need.because}`}; limit what is let in, so that at least ${formatRate(option.originLoad / option.utilisation)} are served well`
  const cache = `a cache that answers ${formatLeastShare(option.hitRatio)} of the requests`
  const what: Readonly<Record<SizingOption['name'], string>> = {
    'do-nothing': `keep the ${countOf(present)} that ${present === 1 ? 'is' : 'are'} there`,
    backends: `run ${countOf(backends)} (now ${formatNumber(present, 12)})`,
    cdn: `put ${cache} before the ${countOf(present)}`,
    both: `run ${countOf(backends)} (now ${formatNumber(present, 12)}) behind ${cache}`,
    limiter: 'limit what is let in',
  }
  const fewer =
    name === 'do-nothing' && need.reachable && need.backends.value < present
      ? `; ${formatNumber(need.backends.value, 12)} would do`
      : ''
  if (!exact || odds === null)
    return `${what[name]}${fewer}: enough for ${wordPeak(question)}, and less may do, as one backend is only known to carry at least ${formatRate(scaling.perBackend.low)}`
  return `${what[name]}${fewer}: ${wordPeak(question)} holds with ${wordProbability(odds.holds)} probability${afterLoss(question, odds.holdsAfterLoss)}${wordCondition(scaling, backends)}`
}

/** Beyond this multiple of what was measured, a law is a guess. */
export const FAR = 2

/** What the probability takes for granted. */
function wordCondition({ kind, measuredUpTo }: Sized['scaling'], backends: number): string {
  const most = countOf(measuredUpTo)
  if (kind === 'linear')
    return backends > measuredUpTo ? `, if more than ${most} take nothing from one another` : ''
  if (backends <= FAR * measuredUpTo) return ''
  return kind === 'contention'
    ? `, if what they take from one another is contention alone, which ${most} cannot tell`
    : `, if the law holds so far beyond the ${most} that were measured`
}

function afterLoss({ survive, zones }: SizingQuestion, probability: number): string {
  if (survive === 0 && zones < 2) return ''
  const lost = zones > 1 ? 'one zone' : formatNumber(survive, 12)
  return `, with ${lost} down ${wordProbability(probability)}`
}

function wordPeak({ peak, growth }: SizingQuestion): string {
  const range =
    peak.low === peak.high ? formatRate(peak.high) : `${formatRate(peak.low)} to ${formatRate(peak.high)}`
  return `a peak of ${range}${growth === 0 ? '' : ` grown by ${formatShare(growth)}`}`
}

const countOf = (count: number): string =>
  `${formatNumber(count, 12)} ${count === 1 ? 'backend' : 'backends'}`

/** A share of ten thousand draws; none of them, or all, is no certainty. */
export function wordProbability(share: number): string {
  if (share >= 0.9995) return 'over 99.9 %'
  if (share <= 0.0005) return 'under 0.1 %'
  return formatShare(share)
}
