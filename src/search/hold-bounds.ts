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
    const decides =
      task.kind === 'hold' ? task.purpose !== 'slo' : task.kind === 'settle' && carried === false
    if (decides && carried !== null && 'rate' in task) held.set(task.rate, { ...level, rate: task.rate })
  }
  return [...held.values()]
}

export function holdBounds(levels: readonly Level[]): HoldBounds {
  const held = heldLevels(levels)
  const failed = held.filter(({ carried }) => carried === false)
  const upper = failed.reduce<HeldLevel | null>(
    (least, one) => (one.rate < rateOf(least, Infinity) ? one : least),
    null,
  )
  const passed = held.filter(
    level => level.carried === true && !isCareful(level) && level.rate < rateOf(upper, Infinity),
  )
  const lower = passed.reduce<HeldLevel | null>(
    (most, one) => (one.rate > rateOf(most, 0) ? one : most),
    null,
  )
  return { lower, upper }
}

const rateOf = (level: HeldLevel | null, otherwise: number): number => level?.rate ?? otherwise

/** Careful steps are too short for a pass to bound anything. */
const isCareful = ({ task }: Level): boolean => task.kind === 'hold' && task.purpose === 'coarse'
