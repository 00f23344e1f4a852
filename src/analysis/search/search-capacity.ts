import type { SearchConclusion, SearchEstimate } from '../../result/search-record.ts'
import { formatNumber, formatRate, formatShare } from '../../units/format.ts'
import type { Capacity } from '../findings.ts'
import type { KneeReading } from '../knee.ts'
import type { TimeoutForecast } from './search-findings.ts'

const METHODS = {
  plateau: 'goodput plateau under light overload, confirmed by a hold; interval sqrt(IDC/N)',
  bracket: 'bracket of hold tests (Relevant Lower and Upper Bound, RFC 9971)',
} as const

/** The knee that a search concluded, in the words and units of the report. */
export function searchCapacity(
  conclusion: SearchConclusion,
  reading: KneeReading,
  timeoutForecast: TimeoutForecast | undefined,
): Capacity {
  const { knee, mode, saturation, slo } = conclusion
  return {
    knee: { ...knee, method: mode === null ? 'none' : METHODS[mode] },
    limitedBy: limitOf(conclusion, reading),
    saturation: boundedOf(saturation),
    definition: definitionOf(conclusion),
    slo,
    timeoutForecast: timeoutForecast ?? null,
  }
}

function limitOf({ knee, slo, flags }: SearchConclusion, { knee: read }: KneeReading): Capacity['limitedBy'] {
  if (flags.includes('generator-limited') && knee.bound !== 'measured') return 'generator'
  if (knee.bound === 'none') return null
  if (slo !== null && isClearlyBelow(slo, knee)) return 'latency'
  return read.by === 'errors' || read.by === 'throughput' ? read.by : null
}

/** Intervals apart: answers become slow before anything else gives. */
function isClearlyBelow(slo: SearchEstimate, knee: SearchEstimate): boolean {
  const floor = knee.low ?? knee.rps
  return slo.high !== null && floor !== null && slo.high < floor
}

function boundedOf(saturation: SearchEstimate | null): Capacity['saturation'] {
  if (saturation === null || saturation.rps === null) return null
  const { rps, low, high } = saturation
  return { rps, low: low ?? rps, high: high ?? rps }
}

function definitionOf({
  epsilon,
  omega,
  baselineShare,
  holdSeconds,
  lowerBound,
  flags,
  recovery,
}: SearchConclusion): string {
  const baseline =
    baselineShare > 0 ? ` beyond the ${formatShare(baselineShare)} that fail at the baseline's load` : ''
  const which = lowerBound === null ? 'the highest rate that passed' : formatRate(lowerBound.rps)
  const held = holdSeconds === null ? '' : `; ${which} was held for ${formatNumber(holdSeconds)} s`
  const collapses =
    flags.includes('collapse') || flags.includes('retrograde') || recovery?.metastable === true
  const longer = held !== '' && collapses ? ', and a longer hold may fail earlier' : ''
  return (
    `The highest offered rate at which, within this run, at most ε = ${formatShare(epsilon)} of the requests fail${baseline} ` +
    `and the backlog does not grow, told apart at a scale of ω = ${formatShare(omega)}${held}${longer}.`
  )
}
