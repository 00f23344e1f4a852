import type { Centre } from './hodges-lehmann.ts'
import { shiftBetween } from './hodges-lehmann.ts'

/**
 * How many of the ways to mix m and n values give each Mann–Whitney U, 0 … m·n: the recurrence by which value stands last,
 * ways(m, n, u) = ways(m − 1, n, u − n) + ways(m, n − 1, u) (Mann and Whitney, Annals of Mathematical Statistics 18(1), 1947).
 */
function rankSumWays(m: number, n: number): Float64Array {
  let rows: Float64Array[] = Array.from({ length: n + 1 }, () => Float64Array.of(1))
  for (let i = 1; i <= m; i += 1) {
    const next: Float64Array[] = [Float64Array.of(1)]
    for (let j = 1; j <= n; j += 1) {
      const ways = new Float64Array(i * j + 1)
      rows[j]!.forEach((count, u) => (ways[u + j]! += count))
      next[j - 1]!.forEach((count, u) => (ways[u]! += count))
      next.push(ways)
    }
    rows = next
  }
  return rows[n]!
}

const sum = (counts: Float64Array): number => counts.reduce((total, count) => total + count, 0)

/**
 * One-sided p of the claim that `b` lies more than `limit` above `a`: P(U ≥ u), u the pairs in which it does. Exact where no two
 * values are equal; a tie does not count for the claim, so that p errs upwards.
 */
export function rankSumAbove(a: readonly number[], b: readonly number[], limit = 0): number {
  const u = a.reduce((total, x) => total + b.filter(y => y - x > limit).length, 0)
  const ways = rankSumWays(a.length, b.length)
  return sum(ways.slice(u)) / sum(ways)
}

/**
 * By how much `b` lies above `a`, with the interval that Mann–Whitney gives: between the k-th least and the k-th greatest of all
 * differences (Hollander and Wolfe, Nonparametric Statistical Methods, 2nd ed., §4.3). `confidence` of the answer is
 * what the interval really has: few values do not reach what is asked for.
 */
export function shiftWithInterval(a: readonly number[], b: readonly number[], confidence = 0.95): Centre {
  const differences = b.flatMap(y => a.map(x => y - x)).sort((x, y) => x - y)
  const ways = rankSumWays(a.length, b.length)
  const all = sum(ways)
  let k = 0
  let tail = 0
  while (k + 1 <= differences.length / 2 && (tail + ways[k]!) / all <= (1 - confidence) / 2)
    tail += ways[k++]!
  const rank = Math.max(k, 1)
  const outside = k === 0 ? ways[0]! : tail
  return {
    value: shiftBetween(a, b),
    low: differences[rank - 1]!,
    high: differences[differences.length - rank]!,
    confidence: Math.max(0, 1 - (2 * outside) / all),
  }
}
