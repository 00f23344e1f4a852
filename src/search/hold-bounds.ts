import type { Level } from './search-state.ts'

/** A level at which a load was held until it was decided. */
export interface HeldLevel extends Level {
  readonly rate: number
}

export interface HoldBounds {
  /** The highest that passed below `upper`, and the lowest that failed (RFC 9971: Relevant Lower and Upper Bound). */
  readonly lower: HeldLevel | null
  readonly upper: HeldLevel | null
}

/**
 * Every level that was held to find the knee. A load that was tried twice counts by its second try, and a settle only when it
 * was not carried: else it was too short to tell.
 */
function heldLevels(levels: readonly Level[]): readonly HeldLevel[] {
  const held = new Map<number, HeldLevel>()
  for (const level of levels) {
    const { task, carried } = level
    const decides = task.kind === 'hold' ? task.purpose !== 'slo' : task.kind === 'settle' && carried === false
    if (decides && carried !== null && 'rate' in task) held.set(task.rate, { ...level, rate: task.rate })
  }
  return [...held.values()]
}

export function holdBounds(levels: readonly Level[]): HoldBounds {
  let lower: HeldLevel | null = null
  let upper: HeldLevel | null = null
  const held = heldLevels(levels)
  for (const level of held)
    if (level.carried === false && level.rate < (upper?.rate ?? Infinity)) upper = level
  for (const level of held) {
    const coarse = level.task.kind === 'hold' && level.task.purpose === 'coarse'
    if (level.carried !== true || coarse || level.rate >= (upper?.rate ?? Infinity)) continue
    if (level.rate >= (lower?.rate ?? 0)) lower = level
  }
  return { lower, upper }
}
