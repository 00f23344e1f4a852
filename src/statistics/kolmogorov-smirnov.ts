/** Kolmogorov–Smirnov D: the greatest distance between the distribution functions of two samples, 0 to 1 (Smirnov, 1939). */
export function kolmogorovSmirnov(a: readonly number[], b: readonly number[]): number {
  const [first, second] = [a.toSorted((x, y) => x - y), b.toSorted((x, y) => x - y)]
  let [i, j, widest] = [0, 0, 0]
  while (i < first.length && j < second.length) {
    const value = Math.min(first[i]!, second[j]!)
    while (i < first.length && first[i]! <= value) i += 1
    while (j < second.length && second[j]! <= value) j += 1
    widest = Math.max(widest, Math.abs(i / first.length - j / second.length))
  }
  return widest
}
