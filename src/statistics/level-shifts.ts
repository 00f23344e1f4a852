import { energySplit } from './energy-split.ts'
import { twoSampleT } from './two-sample-t.ts'
import type { MeanShift } from './two-sample-t.ts'

/** A place where a sequence goes from one level to another; `difference` and `p` are those of its two neighbouring levels. */
export interface LevelShift extends MeanShift {
  /** Index of the first value of the new level. */
  readonly at: number
}

export interface ShiftCriteria {
  /** Values that a level must have, at least 2. */
  readonly least: number
  /** A shift's p must not be above this, after the correction for all places where it could have been found. */
  readonly alpha: number
  /** Nor its size be below this. */
  readonly smallest: number
}

/** Cuts settle after one or two moves; two sets of places that lead to each other must not go on for ever. */
const MOST_MOVES = 10

/**
 * The levels of a sequence, found afterwards: it is cut by E-divisive (`energySplit`) as long as there is room, then the
 * least significant cut is taken away, again and again, until each that is left passes Student's test between its two
 * neighbours. The test in place of permutations, and the second pass over weak cuts, are those of Hunter (Fleming,
 * Kołaczkowski et al., ICPE 2023; now Apache Otava).
 *
 * Trap: the test is done at the place that looks most like a shift, so its p is too small. It is multiplied by the
 * number of places between the neighbours (Bonferroni), which keeps false shifts below α for each pair of levels.
 */
export function findLevelShifts(
  values: readonly number[],
  { least, alpha, smallest }: ShiftCriteria,
): readonly LevelShift[] {
  const passes = ({ p, difference }: LevelShift): boolean => p <= alpha && Math.abs(difference) >= smallest
  let cuts: readonly number[] = allCuts(values, least)
  for (let moves = 0; ;) {
    const shifts = testCuts(values, cuts, least)
    const failed = shifts.filter(shift => !passes(shift))
    if (failed.length > 0) {
      const weakest = failed.reduce((a, b) => (isWeaker(b, a) ? b : a))
      cuts = cuts.filter(at => at !== weakest.at)
      continue
    }
    const moved = placeAnew(values, cuts, least)
    if (moves === MOST_MOVES || moved.every((at, i) => at === cuts[i])) return shifts
    // Better places can only be taken where the shifts pass there, too; else the ones that do are kept.
    if (!testCuts(values, moved, least).every(passes)) return shifts
    cuts = moved
    moves += 1
  }
}

/** Cuts from the first best one down to parts that are too short to be cut, in order. */
function allCuts(values: readonly number[], least: number): readonly number[] {
  const waiting: (readonly [from: number, to: number])[] = [[0, values.length]]
  const cuts: number[] = []
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const [from, to] = part
    const at = energySplit(values.slice(from, to), least)
    if (at === undefined) continue
    cuts.push(from + at)
    waiting.push([from, from + at], [from + at, to])
  }
  return cuts.sort((a, b) => a - b)
}

function testCuts(values: readonly number[], cuts: readonly number[], least: number): readonly LevelShift[] {
  return cuts.map((at, i) => {
    const [from, to] = [cuts[i - 1] ?? 0, cuts[i + 1] ?? values.length]
    const places = to - from - 2 * least + 1
    const { difference, p } = twoSampleT(values.slice(from, at), values.slice(at, to))
    return { at, difference, p: Math.min(1, p * places) }
  })
}

const isWeaker = (a: LevelShift, b: LevelShift): boolean =>
  a.p === b.p ? Math.abs(a.difference) < Math.abs(b.difference) : a.p > b.p

/** Each cut at the best place between its neighbours: it was first chosen among values of other levels, too. */
function placeAnew(values: readonly number[], cuts: readonly number[], least: number): readonly number[] {
  const placed: number[] = []
  for (const [i, at] of cuts.entries()) {
    const from = placed[i - 1] ?? 0
    const split = energySplit(values.slice(from, cuts[i + 1] ?? values.length), least)
    placed.push(split === undefined ? at : from + split)
  }
  return placed
}
