import type { SideName } from './comparison.ts'

/**
 * The order of the runs of the n-th pair, from 0: AB BA BA AB …, the sequence of Thue and Morse. Each block of four runs takes a
 * linear drift out exactly, each block of eight a quadratic one.
 */
export function orderOfPair(pair: number): readonly [SideName, SideName] {
  let ones = 0
  for (let rest = pair; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2
  return ones % 2 === 0 ? ['base', 'candidate'] : ['candidate', 'base']
}

/** A moment at which a series is judged, and may end. */
export interface Look {
  readonly pairs: number
  /** α of each side that is spent here. */
  readonly perSide: number
}

/** Before the last look, with these parts of α: little at first, when only a clear case may decide. Twelve pairs have 48 % left. */
const EARLY_LOOKS = [
  { pairs: 3, part: 0.04 },
  { pairs: 5, part: 0.16 },
  { pairs: 8, part: 0.32 },
] as const

export const MOST_PAIRS = 12
export const FEWEST_PAIRS = 2

/**
 * The looks of a series of at most so many pairs. What they spend adds up to `perSide`, so that all of them together are wrong no more
 * often than one (Bonferroni); the last look takes whatever the ones before it left.
 */
export function looksOf(mostPairs: number, perSide: number): readonly Look[] {
  const early = EARLY_LOOKS.filter(({ pairs }) => pairs < mostPairs)
  const spent = early.reduce((sum, { part }) => sum + part, 0)
  return [
    ...early.map(({ pairs, part }) => ({ pairs, perSide: part * perSide })),
    { pairs: mostPairs, perSide: (1 - spent) * perSide },
  ]
}
