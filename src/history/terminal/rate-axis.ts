/** Rows of a chart from the bottom up, two for each step of the axis. */
export interface RateAxis {
  readonly rows: number
  /** Of every other row, from the lowest. */
  readonly labels: readonly number[]
  readonly rowOf: (rate: number) => number
}

const STEPS = [1, 2, 2.5, 5, 10]
const MOST_STEPS = 5
/** Rates that differ by less are drawn as a calm line, not stretched over the whole height. */
const LEAST_SPAN = 0.1

/** An axis for the rates, at least one, by round steps; it need not begin at 0, as changes are to be seen. */
export function rateAxis(rates: readonly number[]): RateAxis {
  const lowest = rates.reduce((a, b) => Math.min(a, b))
  const highest = rates.reduce((a, b) => Math.max(a, b))
  const middle = (lowest + highest) / 2
  const span = Math.max(highest - lowest, LEAST_SPAN * middle, 1e-6)
  const step = roundUp(span / MOST_STEPS)
  const bottom = Math.max(0, Math.floor(Math.min(lowest, middle - span / 2) / step))
  const top = Math.max(bottom + 1, Math.ceil(Math.max(highest, middle + span / 2) / step))
  return {
    rows: 2 * (top - bottom) + 1,
    labels: Array.from({ length: top - bottom + 1 }, (_, i) => Number(((bottom + i) * step).toPrecision(6))),
    rowOf: rate => Math.round((2 * rate) / step) - 2 * bottom,
  }
}

function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return (STEPS.find(step => step * power >= value) ?? 10) * power
}
