export interface Weighted {
  readonly value: number
  readonly weight: number
}

/**
 * The non-decreasing sequence nearest to the values in weighted least squares, for counts the one of largest
 * likelihood: pool adjacent violators (Barlow, Bartholomew, Bremner and Brunk, 1972). Weights are positive.
 */
export function isotonic(points: readonly Weighted[]): number[] {
  const pools: { value: number; weight: number; size: number }[] = []
  for (const { value, weight } of points) {
    let pool = { value, weight, size: 1 }
    for (let last = pools.at(-1); last !== undefined && last.value >= pool.value; last = pools.at(-1)) {
      pools.pop()
      const total = last.weight + pool.weight
      const mean = (last.value * last.weight + pool.value * pool.weight) / total
      pool = { value: mean, weight: total, size: last.size + pool.size }
    }
    pools.push(pool)
  }
  return pools.flatMap(({ value, size }) => Array.from({ length: size }, () => value))
}
