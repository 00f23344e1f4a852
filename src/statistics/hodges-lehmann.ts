/** Estimators from medians of pairs (Hodges and Lehmann, Annals of Mathematical Statistics 34(2), 1963). */

/** By how much `b` lies above `a`: the median of all differences. */
export const shiftBetween = (a: readonly number[], b: readonly number[]): number =>
  median(b.flatMap(y => a.map(x => y - x)))

/** The middle of a symmetric distribution, with the interval that Wilcoxon's signed ranks give. */
export interface Centre {
  readonly value: number
  readonly low: number
  readonly high: number
  /** What the interval really has: fewer than six values do not reach 95 %. */
  readonly confidence: number
}

/**
 * The median of the means of all pairs, a value paired with itself too. The interval lies between the k-th least and the
 * k-th greatest of them, k as large as the exact distribution of the signed-rank statistic allows (Hollander and
 * Wolfe, Nonparametric Statistical Methods, 2nd ed., §3.3).
 */
export function centreOf(values: readonly number[], confidence = 0.95): Centre {
  const walsh = values.flatMap((x, i) => values.slice(i).map(y => (x + y) / 2)).sort((x, y) => x - y)
  const ways = signedRankWays(values.length)
  const all = 2 ** values.length
  let k = 0
  let tail = 0
  while (k + 1 <= walsh.length / 2 && (tail + ways[k]!) / all <= (1 - confidence) / 2) tail += ways[k++]!
  const rank = Math.max(k, 1)
  const outside = k === 0 ? ways[0]! : tail
  return {
    value: median(walsh),
    low: walsh[rank - 1]!,
    high: walsh[walsh.length - rank]!,
    confidence: 1 - (2 * outside) / all,
  }
}

/** Subsets of {1 … n} with each sum: how often Wilcoxon’s signed-rank statistic takes each value. */
export function signedRankWays(n: number): Float64Array {
  const ways = new Float64Array((n * (n + 1)) / 2 + 1)
  ways[0] = 1
  for (let rank = 1; rank <= n; rank += 1) {
    for (let sum = ways.length - 1; sum >= rank; sum -= 1) ways[sum]! += ways[sum - rank]!
  }
  return ways
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((x, y) => x - y)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
