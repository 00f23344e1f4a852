/** The x with A·x = b, by Gaussian elimination with partial pivoting. Undefined where A is singular. */
export function solveLinear(a: readonly (readonly number[])[], b: readonly number[]): number[] | undefined {
  const size = b.length
  const rows = a.map((row, i) => [...row, b[i]!])
  for (let column = 0; column < size; column += 1) {
    let pivot = column
    for (let i = column + 1; i < size; i += 1) {
      if (Math.abs(rows[i]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = i
    }
    if (!(Math.abs(rows[pivot]![column]!) > 0)) return undefined
    ;[rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!]
    for (let i = column + 1; i < size; i += 1) {
      const factor = rows[i]![column]! / rows[column]![column]!
      for (let j = column; j <= size; j += 1) rows[i]![j]! -= factor * rows[column]![j]!
    }
  }
  const x = b.map(() => 0)
  for (let i = size - 1; i >= 0; i -= 1) {
    const known = x.reduce((sum, value, j) => (j > i ? sum + rows[i]![j]! * value : sum), 0)
    x[i] = (rows[i]![size]! - known) / rows[i]![i]!
  }
  return x
}

/** Jᵀ·J of a matrix given by rows. */
export const gram = (rows: readonly (readonly number[])[]): number[][] =>
  (rows[0] ?? []).map((_, i) =>
    (rows[0] ?? []).map((_, j) => rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0)),
  )

export const dot = (a: readonly number[], b: readonly number[]): number =>
  b.reduce((sum, value, i) => sum + value * a[i]!, 0)
