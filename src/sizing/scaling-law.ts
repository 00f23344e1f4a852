import { normalQuantile } from '../statistics/normal-quantile.ts'
import { standardNormal } from '../units/random.ts'
import type { Random } from '../units/random.ts'
import type { CapacityInterval, Scaling } from './sizing-answer.ts'

/** X(n), the capacity of n backends together, with what is not known about it. */
export interface ScalingLaw extends Scaling {
  readonly notes: readonly string[]
  at(n: number): CapacityInterval
  /** X(n) by its lower end with its numbers filled in: `X(9) = 408/s × 9 = 3 672/s`. */
  word(n: number): string
  /** One possible truth, drawn from the intervals; undefined where they have no upper end. */
  draw: ((random: Random) => (n: number) => number) | undefined
}

/** z of the two-sided 95 % intervals that reports give. */
const Z = normalQuantile(0.975)

/** Standard deviation of the logarithm, of a lognormal variable whose 95 % interval that is. */
export const logSpread = (low: number, high: number): number => Math.log(high / low) / (2 * Z)

/** A draw of the lognormal variable with that median and 95 % interval. */
export function drawLognormal(
  { rps, low, high }: { readonly rps: number; readonly low: number; readonly high: number },
  random: Random,
): number {
  return rps * Math.exp(logSpread(low, high) * standardNormal(random))
}
