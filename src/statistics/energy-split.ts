/**
 * Where a sequence is best cut in two, by the energy statistic of E-divisive with α = 1 (Matteson and James, JASA
 * 109(505), 2014, eq. 3 to 7): with n values before the cut and m after it
 *
 *   Q = n·m/(n + m) · (2·mean|x − y| − mean|x − x′| − mean|y − y′|).
 *
 * Moving one value across the cut changes the three sums by its distances to the others, so all cuts together take
 * a time that grows with the square of the length.
 *
 * @param least values that each part must have, at least 2
 * @returns the first index of the second part, or undefined where the sequence is too short to be cut
 */
export function energySplit(values: readonly number[], least: number): number | undefined {
  const length = values.length
  let [before, after, across] = [0, sumOfDistances(values), 0]
  let best: { readonly at: number; readonly energy: number } | undefined
  for (let n = 1; n <= length - least; n += 1) {
    const moved = values[n - 1]!
    const toBefore = distancesTo(moved, values, 0, n - 1)
    const toAfter = distancesTo(moved, values, n, length)
    before += toBefore
    after -= toAfter
    across += toAfter - toBefore
    if (n < least) continue
    const m = length - n
    const apart = (2 * across) / (n * m) - before / ((n * (n - 1)) / 2) - after / ((m * (m - 1)) / 2)
    const energy = ((n * m) / length) * apart
    if (best === undefined || energy > best.energy) best = { at: n, energy }
  }
  return best?.at
}

function distancesTo(value: number, values: readonly number[], from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i += 1) sum += Math.abs(values[i]! - value)
  return sum
}

const sumOfDistances = (values: readonly number[]): number =>
  values.reduce((sum, value, i) => sum + distancesTo(value, values, i + 1, values.length), 0)
