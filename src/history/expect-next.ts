import { predictiveInterval } from '../statistics/predictive-interval.ts'

/** Fewer runs say too little of how runs differ: no verdict on a single run rests on them. */
export const LEAST_RUNS_TO_EXPECT = 8
const CONFIDENCE = 0.95

/**
 * Where the knee of one more run lies if nothing has changed. `too-few`: not enough runs of the present level. `spread` is
 * the standard deviation from run to run, as a share.
 */
export type NextKnee =
  | { readonly is: 'too-few'; readonly runs: number; readonly needed: number }
  | {
      readonly is: 'expected'
      readonly runs: number
      readonly kneeRps: number
      readonly low: number
      readonly high: number
      readonly confidence: number
      readonly spread: number
    }

/**
 * The predictive interval that a single run is judged by: x̄ ± t_{n−1}·s·√(1 + 1/n) on the logarithm of the knees.
 *
 * @param kneesRps of comparable runs of one level, above 0; from a history those since its last change-point
 */
export function expectNext(kneesRps: readonly number[]): NextKnee {
  const runs = kneesRps.length
  if (runs < LEAST_RUNS_TO_EXPECT) return { is: 'too-few', runs, needed: LEAST_RUNS_TO_EXPECT }
  const { mean, deviation, low, high } = predictiveInterval(kneesRps.map(Math.log), CONFIDENCE)
  return {
    is: 'expected',
    runs,
    kneeRps: Math.exp(mean),
    low: Math.exp(low),
    high: Math.exp(high),
    confidence: CONFIDENCE,
    spread: Math.expm1(deviation),
  }
}
