import type { SearchRecord } from '../../result/search-record.ts'
import { sums } from '../collapse.ts'
import { TOLERATED_ERRORS } from '../holds.ts'
import { levelOf } from '../levels.ts'
import type { Level } from '../levels.ts'
import type { WindowRecord } from '../window-record.ts'
import { findBlips } from './find-blips.ts'
import { settledRecords } from './settled-records.ts'

export interface SearchLevels {
  /** In order of time. */
  readonly calm: readonly Level[]
  /** Left out because something struck them that was not the load. */
  readonly struck: readonly Level[]
}

/** From here on a stretch shows the loss that its rate must lead to: half of it. */
const SHOWN = 0.5
/** Nearer to the knee than this share, too little is lost to see where it begins. */
const NEAR = 0.05
/** What lasts is no outage: the end has to show it, too. */
const LASTING = 2
/** Once it is full, a buffer loses all of the excess; a server that merely loses some never comes near it. */
const FULL = 0.6
/** Before, no more than this part of it. */
const HIDDEN = 0.25
const SPREAD = 1.3

/**
 * What the windows of a search say about its rates. A buffer or a burst allowance hides an overload until it is
 * full: these seconds say what it holds and not what the target carries, so they are left out.
 */
export function searchLevels(search: SearchRecord, records: readonly WindowRecord[]): SearchLevels {
  const settled = settledRecords(search, records)
  const blips = new Set(findBlips(records).flat())
  const struck = settled.filter(record => blips.has(record)).map(levelOf)
  const free = settled.filter(record => !blips.has(record)).map(levelOf)
  const { knee, baselineShare } = search.conclusion
  const calm = knee.rps === null ? free : withoutAbsorption(free, knee.rps, baselineShare)
  return { calm, struck }
}

function withoutAbsorption(levels: readonly Level[], knee: number, p0: number): readonly Level[] {
  const above = stretchesOf(levels).filter(([level]) => level!.rate > knee)
  const shownFrom = new Map(above.map(own => [own, firstShown(own, knee, p0)]))
  const isHidden = (part: readonly Level[]): boolean =>
    excess(part, p0) <= Math.max(TOLERATED_ERRORS, HIDDEN * (1 - knee / part[0]!.rate))
  const held = [...shownFrom].map(([own, from]) => {
    const before = own.slice(0, from)
    return from > 0 && from < own.length && isHidden(before) ? accepted(before, knee) : 0
  })
  const room = Math.max(0, ...held) * SPREAD
  if (room === 0) return levels
  const filling = [...shownFrom].flatMap(([own, from]) => {
    // The window in which it becomes full is partly that and partly the other.
    if (from < own.length) return own.slice(0, from + 1)
    return isHidden(own) && accepted(own, knee) <= room ? own : []
  })
  const left = new Set(filling)
  const kept = levels.filter(level => !left.has(level))
  return kept.some(({ rate }) => rate > knee) ? kept : levels
}

/** Neighbours in time at one rate, over steps of that rate that follow each other. */
function stretchesOf(levels: readonly Level[]): readonly (readonly Level[])[] {
  const stretches: Level[][] = []
  for (const level of levels) {
    const last = stretches.at(-1)
    const before = last?.at(-1)
    if (before !== undefined && level.rate === before.rate && level.stage - before.stage <= 1)
      last!.push(level)
    else stretches.push([level])
  }
  return stretches
}

/** Requests taken in beyond what is worked off. */
function accepted(levels: readonly Level[], knee: number): number {
  const { offered, bad, seconds } = sums(levels)
  return offered - bad - knee * seconds
}

/** Index of the first window from which on the stretch loses about what its rate exceeds the knee by; its length for none. */
function firstShown(levels: readonly Level[], knee: number, p0: number): number {
  const expected = 1 - knee / levels[0]!.rate
  if (expected < NEAR || excess(levels.slice(-LASTING), p0) <= SHOWN * expected) return levels.length
  const from = levels.findIndex(
    (level, i) => excess([level], p0) > SHOWN * expected && excess(levels.slice(i), p0) > FULL * expected,
  )
  return from < 0 ? levels.length : from
}

/** Share that failed, beyond the baseline's. */
function excess(levels: readonly Level[], p0: number): number {
  const { offered, bad } = sums(levels)
  return bad / Math.max(1, offered) - p0
}
