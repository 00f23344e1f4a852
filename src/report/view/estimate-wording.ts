import type { RateEstimate } from '../../analysis/findings.ts'
import { formatRate, formatShare } from '../../units/format.ts'

export interface EstimateWording {
  /** `842/s`, `at least 600/s`, `at most 50/s`, `cannot tell`. */
  readonly value: string
  /** The interval, or what its absence means. */
  readonly detail: string
}

/** An estimate in words, so that a bound never reads like a measured value. */
export function wordEstimate({ rps, low, high, confidence, bound }: RateEstimate): EstimateWording {
  const floor = lowestOf(rps, low)
  const ceiling = highestOf(rps, high)
  if (bound === 'measured' && rps !== null) {
    return { value: formatRate(rps), detail: wordInterval(low, high, confidence) }
  }
  if (bound === 'at-least' && floor !== null) {
    return { value: `at least ${formatRate(floor)}`, detail: 'not reached, so it may be higher' }
  }
  if (bound === 'at-most' && ceiling !== null) {
    return {
      value: `at most ${formatRate(ceiling)}`,
      detail: 'passed already at the lowest rate, so it may be lower',
    }
  }
  return { value: 'cannot tell', detail: 'this run says nothing about it' }
}

/** `826/s to 858/s, 95 % confidence`; an end that is not known is not invented. */
export function wordInterval(low: number | null, high: number | null, confidence: number): string {
  if (low === null && high === null) return 'without an interval'
  const sure = `${formatShare(confidence)} confidence`
  if (low === null) return `at most ${formatRate(high!)}, ${sure}`
  if (high === null) return `at least ${formatRate(low)}, ${sure}`
  return `${formatRate(low)} to ${formatRate(high)}, ${sure}`
}

/** The value that an `at-least` estimate vouches for. */
export const lowestOf = (rps: number | null, low: number | null): number | null =>
  rps === null || low === null ? (rps ?? low) : Math.min(rps, low)

const highestOf = (rps: number | null, high: number | null): number | null =>
  rps === null || high === null ? (rps ?? high) : Math.max(rps, high)
