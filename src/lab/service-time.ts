import type { Random } from '../units/random.ts'

/** Exponential with this rate, by inversion; `uniform` is never 0, so the result is finite. */
export function exponential(random: Random, rate: number): number {
  return -Math.log(random.uniform()) / rate
}

/**
 * Gamma with a whole shape k (Erlang-k): the sum of k exponentials, variance mean²/k. One logarithm of the
 * product does for the k of them.
 */
export function erlang(random: Random, shape: number, mean: number): number {
  let product = 1
  for (let phase = 0; phase < shape; phase += 1) product *= random.uniform()
  return (-Math.log(product) * mean) / shape
}
