import { formatDuration, formatRate } from '../units/format.ts'
import { holdLimitSeconds } from './hold-length.ts'
import type { SearchState } from './search-state.ts'
import type { HoldTask, Task } from './task.ts'

const lasting = (seconds: number): string => formatDuration(Math.ceil(seconds) * 1e9)

/** Why this load, told as it begins. */
export function describeTask(task: Exclude<Task, { kind: 'done' }>, state: SearchState): string {
  const rate = formatRate(task.rate)
  switch (task.kind) {
    case 'baseline':
      return `${rate} to see what is usual at little load`
    case 'ramp':
      return `raising the load to ${rate}`
    case 'plateau':
      return task.round === 0
        ? `staying at ${rate} to measure how much still comes back`
        : `${rate}, above the knee on purpose, to measure how much comes back`
    case 'drain':
      return `down to ${rate} until what is in flight has ended`
    case 'settle':
      return `${rate} for a while, in case the target warms up or scales`
    case 'hold':
      return describeHold(task, state)
    case 'recovery':
      return `down to ${rate}: does the target come back by itself?`
    case 'onset':
      return `${rate}, a little above the knee, to see which errors the load brings`
    case 'soak':
      return `soaking at ${rate} for ${formatDuration(state.goal.soak ?? 0)}`
    default:
      return task satisfies never
  }
}

function describeHold(task: HoldTask, state: SearchState): string {
  const rate = formatRate(task.rate)
  const upTo = `up to ${lasting(holdLimitSeconds(state, task))}`
  switch (task.purpose) {
    case 'burst':
      return `holding ${rate} for ${upTo}: the ramp passed it, but more came back than the plateau gives`
    case 'confirm':
      return task.attempt === 0
        ? `holding ${rate} for ${upTo} to confirm`
        : `holding ${rate} once more for ${upTo}, in case the first time was bad luck`
    case 'bracket':
      return `holding ${rate} for ${upTo} to close in on the knee`
    case 'coarse':
      return `holding ${rate} for ${upTo}, a careful step up`
    case 'cap':
      return state.flags.includes('generator-limited')
        ? `holding ${rate} for ${upTo}: this generator cannot offer more`
        : `holding ${rate} for ${upTo}: no more than that is allowed`
    case 'slo':
      return `holding ${rate} for ${upTo} to see whether ${state.goal.slow?.text ?? 'the promise'} holds there`
    default:
      return task.purpose satisfies never
  }
}
