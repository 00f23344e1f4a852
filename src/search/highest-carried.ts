import type { Level } from './search-state.ts'
import { rateOf } from './task.ts'

/** A level that was there to see whether its load is carried. */
export const isLoad = ({ task }: Level): boolean => ['baseline', 'ramp', 'hold'].includes(task.kind)

/** The highest load below a rate that was carried, for however short a time; null without one. */
export function highestCarried(levels: readonly Level[], below: number = Infinity): Level | null {
  const carried = levels.filter(
    level => level.carried === true && isLoad(level) && rateOf(level.task) < below,
  )
  return carried.sort((a, b) => rateOf(b.task) - rateOf(a.task))[0] ?? null
}
