import { normalCdf } from './normal-cdf.ts'
import { midRanks } from './mid-ranks.ts'

/** How two samples lie to each other. */
export interface MannWhitney {
  /** Pairs whose `a` is greater than their `b`; equal ones count half. */
  readonly u: number
  /** Probability of a U as far from its middle, when both come from one distribution. */
  readonly p: number
}

/** Up to so many values the distribution of U is counted out. */
const EXACT = 60

/**
 * Mann–Whitney U with its two-sided p (Annals of Mathematical Statistics 18(1), 1947). Exact, with ties as they are, for up to 60
 * values in all; beyond them normal with the correction for ties and for continuity (Lehmann, Nonparametrics, 1975, §1.4).
 */
export function mannWhitney(a: readonly number[], b: readonly number[]): MannWhitney {
  const ranks = midRanks([...a, ...b])
  const u = pairsAbove(ranks, a.length)
  const off = Math.abs(u - (a.length * b.length) / 2)
  return { u, p: ranks.length <= EXACT ? exactP(ranks, a.length, off) : normalP(ranks, a.length, off) }
}

/** Pairs that the first `size` of the ranked values win against the others. */
const pairsAbove = (ranks: readonly number[], size: number): number =>
  ranks.slice(0, size).reduce((sum, rank) => sum + rank, 0) - (size * (size + 1)) / 2

/** Counts, for each rank sum, the ways to pick `size` of the ranks. Twice the ranks are whole numbers. */
function exactP(ranks: readonly number[], size: number, off: number): number {
  const doubled = ranks.map(rank => Math.round(2 * rank))
  const total = doubled.reduce((sum, rank) => sum + rank, 0)
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(total + 1))
  ways[0]![0] = 1
  for (const rank of doubled) {
    for (let k = size; k >= 1; k -= 1) {
      for (let sum = total; sum >= rank; sum -= 1) ways[k]![sum]! += ways[k - 1]![sum - rank]!
    }
  }
  const middle = (size * total) / ranks.length
  let all = 0
  let asFar = 0
  ways[size]!.forEach((count, sum) => {
    all += count
    if (Math.abs(sum - middle) >= 2 * off - 1e-9) asFar += count
  })
  return asFar / all
}

function normalP(ranks: readonly number[], size: number, off: number): number {
  const n = ranks.length
  const others = n - size
  const ties = new Map<number, number>()
  for (const rank of ranks) ties.set(rank, (ties.get(rank) ?? 0) + 1)
  const tied = [...ties.values()].reduce((sum, t) => sum + t ** 3 - t, 0)
  const variance = ((size * others) / 12) * (n + 1 - tied / (n * (n - 1)))
  return variance === 0 ? 1 : Math.min(1, 2 * normalCdf(-Math.max(0, off - 0.5) / Math.sqrt(variance)))
}

/** Cliff's delta: P(b > a) − P(b < a) of a pair drawn at random, −1 to 1 (Cliff, Psychological Bulletin 114(3), 1993). */
export const cliffsDelta = (a: readonly number[], b: readonly number[]): number =>
  1 - (2 * pairsAbove(midRanks([...a, ...b]), a.length)) / (a.length * b.length)
