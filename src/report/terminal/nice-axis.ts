import { formatNumber } from '../../units/format.ts'
import { columnOf } from './column-values.ts'

const TOP_STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 10]
const TICK_STEPS = [1, 2, 2.5, 5, 10]

/** An end for an axis that four equal steps divide into round numbers: 900 gives 1000, of steps of 250. */
export const axisTop = (highest: number): number => 4 * roundUp(highest / 4, TOP_STEPS)

/** Ticks from 0 to at least `highest` by a round step, at most `most` steps: 1488 in 6 gives 0, 250, …, 1500. */
export function axisTicks(highest: number, most: number): readonly number[] {
  const step = roundUp(highest / most, TICK_STEPS)
  const count = Math.max(1, Math.ceil(highest / step - 1e-9))
  return Array.from({ length: count + 1 }, (_, index) => index * step)
}

/** A line of `width` columns with the ticks' numbers; each ends below its tick, because a number ends a part of the axis. */
export function tickNames(ticks: readonly number[], right: number, width: number): string {
  let line = ''
  for (const tick of ticks.slice(1)) {
    const text = formatNumber(tick, 4)
    const end = Math.min(width, columnOf(tick, right, width) + 1 + Math.floor(text.length / 2))
    if (line.length + 1 + text.length <= end) line = line.padEnd(end - text.length) + text
  }
  return line
}

/** The smallest of the steps, times a power of ten, that is not below the value. */
function roundUp(value: number, steps: readonly number[]): number {
  if (value <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  const step = steps.find(candidate => candidate * power >= value * (1 - 1e-9)) ?? 10
  return Number((step * power).toPrecision(3))
}
