import { nanoseconds } from '../units/quantity.ts'
import type { Nanoseconds } from '../units/quantity.ts'
import type { Plan } from './plan.ts'

/** One slice of the trial's time; never crosses the edge of a stage. */
export interface WindowSpan {
  readonly stage: number
  readonly from: Nanoseconds
  readonly to: Nanoseconds
}

const WINDOW: number = 1e9

/**
 * Cuts the trial into windows of one second, counted from the start of each stage. The last window of a stage
 * is longer (up to 1.5 s) or shorter (from 0.5 s), so that no window is too short to be judged, unless
 * the stage itself is.
 *
 * A plan that grows by whole seconds keeps the windows that it had: they may be given as `known`.
 */
export function layOutWindows(
  plan: Pick<Plan, 'stages'>,
  known: readonly WindowSpan[] = [],
): readonly WindowSpan[] {
  const spans = [...known]
  let before = 0
  let start = 0
  for (const [stage, { for: duration }] of plan.stages.entries()) {
    const count = Math.max(1, Math.round(duration / WINDOW))
    for (let i = Math.max(0, known.length - before); i < count; i += 1) {
      const from = nanoseconds(start + i * WINDOW)
      const to = nanoseconds(i === count - 1 ? start + duration : start + (i + 1) * WINDOW)
      spans.push({ stage, from, to })
    }
    before += count
    start += duration
  }
  return spans
}
