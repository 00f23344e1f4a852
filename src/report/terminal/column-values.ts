export type Point = readonly [x: number, y: number]

/** Neighbours farther apart than this part of the axis are steps of their own: nothing was measured between them. */
const LARGEST_GAP = 1 / 8

/** Column of a value on an axis from 0 to `right` that is cut into `width` equal parts. */
export const columnOf = (value: number, right: number, width: number): number =>
  Math.min(width - 1, Math.max(0, Math.floor((value / right) * width + 1e-9)))

/**
 * One value for each column: the mean of the points in it; between near neighbours, the straight line from one to the
 * other; null where nothing was measured. A point that stands alone is three columns wide, to be seen.
 */
export function columnValues(
  points: readonly Point[],
  right: number,
  width: number,
): readonly (number | null)[] {
  const sums = Array.from({ length: width }, () => ({ x: 0, y: 0, count: 0 }))
  for (const [x, y] of points) {
    const sum = sums[columnOf(x, right, width)]!
    sum.x += x
    sum.y += y
    sum.count += 1
  }
  const known = sums.filter(({ count }) => count > 0).map(({ x, y, count }): Point => [x / count, y / count])
  const values = sums.map(({ y, count }, column) =>
    count > 0 ? y / count : between(known, ((column + 0.5) / width) * right, right * LARGEST_GAP),
  )
  return values.map((value, column) => value ?? values[column - 1] ?? values[column + 1] ?? null)
}

function between(known: readonly Point[], x: number, gap: number): number | null {
  const next = known.findIndex(point => point[0] >= x)
  const [before, after] = [known[next - 1], known[next]]
  if (before === undefined || after === undefined || after[0] - before[0] > gap) return null
  return before[1] + ((after[1] - before[1]) * (x - before[0])) / (after[0] - before[0])
}
