import { formatShare } from '../units/format.ts'
import type { ComparisonVerdict, MetricComparison, Reading } from './comparison.ts'
import { ENOUGH_HISTORY } from './pair-runs.ts'
import { wordChange, wordChanges, wordSize, wordValue } from './word-change.ts'

export interface Circumstances {
  /** The verdict without regard to the other metrics. */
  readonly alone: ComparisonVerdict
  /** Metrics that were judged together with this one, itself included. */
  readonly family: number
  readonly barredBy: string | undefined
  readonly perSide: number
}

type Concluded = Omit<MetricComparison, 'because'>

/** Why the verdict is what it is, in one sentence that begins with the metric. */
export function explainMetric(metric: Concluded, circumstances: Circumstances): string {
  if (metric.method === 'bounds') return explainBounds(metric)
  if (metric.method === 'within-run') return explainSingle(metric)
  const { margin, change, low, high, verdict, pairsNeeded } = metric
  if (change === null || low === null || high === null) return `${subjectOf(metric)} cannot be compared`
  const sure = formatShare(1 - 2 * circumstances.perSide)
  const what = `${subjectOf(metric)} is ${wordChange(metric, change)} (${wordChanges(metric, low, high)}, ${sure} confidence)`
  const size = wordSize(metric, margin.size)
  switch (verdict) {
    case 'regressed':
    case 'improved':
      return `${what}, more than the margin of ${size}${byRanks(metric)}`
    case 'equivalent':
      return `${what}, within the margin of ${size}${byRanks(metric)}`
    case 'inconclusive':
      return `${what}, and ${whyOpen(metric, circumstances, size)}${moreNeeded(metric, pairsNeeded)}`
    default:
      return verdict satisfies never
  }
}

function whyOpen(
  { method, claims, base, candidate, verdict }: Concluded,
  { alone, family, barredBy }: Circumstances,
  margin: string,
): string {
  if (barredBy !== undefined) return barredBy
  if (method === 'predictive' && claims === null) {
    const runs = Math.max(measuredOf(base), measuredOf(candidate))
    return `one run can be judged by ${ENOUGH_HISTORY} runs of the other side, not by ${runs}`
  }
  if (alone !== verdict)
    return `alone it would be ${alone}, but one of ${family} metrics gets that far by chance more easily (Holm)`
  return `that does not decide against a margin of ${margin}`
}

const byRanks = ({ method }: Concluded): string =>
  method === 'signed-rank' || method === 'rank-sum'
    ? ', by ranks: a run far from the others misleads the mean'
    : ''

const moreNeeded = ({ method }: Concluded, pairs: number | null): string => {
  if (pairs === null) return ''
  const what = method === 'paired-t' || method === 'signed-rank' ? 'more pair' : 'more run'
  const each = what === 'more pair' ? '' : ' on each side'
  return `; it needs about ${pairs} ${what}${pairs === 1 ? '' : 's'}${each}`
}

function explainSingle(metric: Concluded): string {
  const { change, low, high } = metric
  const moved = change === null ? 'cannot be compared' : `is ${wordChange(metric, change)}`
  const within = low === null || high === null ? '' : ` (${wordChanges(metric, low, high)} within the runs)`
  return `${subjectOf(metric)} ${moved}${within}, but one run on each side does not tell how far runs lie apart: run-to-run variance unknown`
}

function explainBounds(metric: Concluded): string {
  const { base, candidate, verdict } = metric
  const what = `of ${subjectOf(metric)} mostly bounds are known (base ${rangeOf(metric, base)}, candidate ${rangeOf(metric, candidate)})`
  return verdict === 'inconclusive'
    ? `${what}, and so few do not decide`
    : `${what}, and they decide: whatever the true values are, enough of them lie on one side of the margin`
}

/** `at least 500/s in 3 runs`, `measured 480/s in 1 run`. */
function rangeOf(metric: Pick<Concluded, 'unit'>, readings: readonly Reading[]): string {
  const told = (['at-least', 'at-most', 'measured'] as const).flatMap(bound => {
    const values = readings.flatMap(one => (one.bound === bound && one.value !== null ? [one.value] : []))
    if (values.length === 0) return []
    const runs = values.length === 1 ? 'a run' : `${values.length} runs`
    const text = (value: number): string => wordValue(metric, value)
    const [least, most] = [Math.min(...values), Math.max(...values)]
    if (bound === 'at-least') return [`at least ${text(least)} in ${runs}`]
    if (bound === 'at-most') return [`at most ${text(most)} in ${runs}`]
    return [`${least === most ? text(least) : `${text(least)} to ${text(most)}`} in ${runs}`]
  })
  return told.length === 0 ? 'unknown' : told.join(', ')
}

const measuredOf = (readings: readonly Reading[]): number =>
  readings.filter(({ bound }) => bound === 'measured').length

/** What a sentence about the metric begins with. */
function subjectOf({ group, margin, label }: Pick<Concluded, 'group' | 'margin' | 'label'>): string {
  if (margin.name === 'errors') return `the share of ${label}`
  return group === 'capacity' ? `the ${label}` : label
}
