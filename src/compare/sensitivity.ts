import { tQuantile } from '../statistics/t-quantile.ts'

/** z of 90 %. */
const SURENESS = 1.2816

/**
 * The smallest change, as a share, that comparisons of so many pairs call regressed in nine of ten cases, where the pairs' logarithms
 * scatter by `sd`: the interval's lower end, d̄ − t·s/√R, has to lie above the margin ln(1 + δ).
 */
export function findableChange(sd: number, pairs: number, perSide: number, margin: number): number {
  const reach = (tQuantile(1 - perSide, pairs - 1) + SURENESS) * (sd / Math.sqrt(pairs))
  return Math.expm1(margin + reach)
}
