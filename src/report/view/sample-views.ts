import { isExpected } from '../../plan/plan.ts'
import type { Outcome } from '../../result/outcome.ts'
import type { Sample } from '../../result/result.ts'
import { formatDuration } from '../../units/format.ts'
import type { Report } from '../report.ts'
import type { SampleView } from '../view.ts'

const MOST = 12

/** A few answers and failures as they came, bad ones first. */
export function viewSamples({ result }: Pick<Report, 'result'>): readonly SampleView[] {
  const isGood = ({ outcome, request }: Sample): boolean => {
    const template = result.plan.requests[request]
    return outcome.kind === 'answered' && template !== undefined && isExpected(template, outcome.status)
  }
  const bad = result.samples.filter(sample => !isGood(sample))
  const good = result.samples.filter(isGood)
  return [...bad, ...good].slice(0, MOST).map(sample => ({
    request: result.plan.requests[sample.request]?.name ?? '?',
    outcome: { text: wordOutcome(sample.outcome), tone: isGood(sample) ? 'good' : 'bad' },
    at: formatDuration(sample.at),
    head: linesOf(sample.head),
    body: linesOf(sample.body),
  }))
}

export function wordOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'answered':
      return String(outcome.status)
    case 'timed-out':
      return 'timed out'
    case 'failed':
      return outcome.cause.replaceAll('-', ' ')
    case 'never-sent':
      return `never sent: ${outcome.reason.replaceAll('-', ' ')}`
    default:
      return outcome satisfies never
  }
}

const linesOf = (text: string): readonly string[] =>
  text.split(/\r?\n/).filter((line, i, all) => line !== '' || i < all.length - 1)
