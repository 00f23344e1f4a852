import { signedRankWays } from './hodges-lehmann.ts'
import { midRanks } from './mid-ranks.ts'

/**
 * One-sided p of the claim that a symmetric law lies above `limit`: P(W ≥ w), w the ranks of the distances of the values above it
 * added up, by the exact distribution of Wilcoxon's signed-rank statistic (Biometrics Bulletin 1(6), 1945). Ties share
 * their ranks; a value at the limit counts as below it, so that p errs upwards.
 */
export function signedRankAbove(values: readonly number[], limit: number): number {
  const ranks = midRanks(values.map(value => Math.abs(value - limit)))
  const w = values.reduce((sum, value, index) => (value > limit ? sum + ranks[index]! : sum), 0)
  const ways = signedRankWays(values.length)
  const asHigh = ways.slice(Math.floor(w)).reduce((sum, count) => sum + count, 0)
  return asHigh / 2 ** values.length
}
