import { runningSum } from '../statistics/running-sum.ts'
import type { Level } from './levels.ts'

const SMOOTHING = 3
const FALLEN_TO = 0.85
const CLEAR = 4

/**
 * Index of the first window of a congestion collapse: goodput, smoothed over three windows, falls below 85 % of its
 * highest although the load does not, and stays there to the end. A pause that is caught up with is none.
 */
export function findCollapse(levels: readonly Level[], p0: number): number | undefined {
  const end = levels.length
  const goodIn = runningSum(levels, level => level.good)
  const secondsIn = runningSum(levels, level => level.seconds)
  const offeredIn = runningSum(levels, level => level.offered)
  let highest = 0
  for (let i = 0; i + SMOOTHING <= end; i += 1) {
    const now = goodput(levels.slice(i, i + SMOOTHING))
    const [good, seconds, offered] = [goodIn(i, end), secondsIn(i, end), offeredIn(i, end)]
    const limit = highest * FALLEN_TO
    const z = ((highest - good / seconds) * SMOOTHING) / Math.sqrt(2 * highest * SMOOTHING)
    const down = now < limit && good < limit * seconds && good < FALLEN_TO * offered * (1 - p0)
    if (down && z > CLEAR) return i + levels.slice(i).findIndex(level => level.good < limit * level.seconds)
    highest = Math.max(highest, now)
  }
  return undefined
}

export function goodput(levels: readonly Level[]): number {
  const { good, seconds } = sums(levels)
  return seconds === 0 ? 0 : good / seconds
}

export interface Sums {
  readonly good: number
  readonly bad: number
  readonly offered: number
  readonly seconds: number
  /** Good answers, and those still owed only because answering takes time. */
  readonly kept: number
}

export function sums(levels: readonly Level[]): Sums {
  let good = 0
  let bad = 0
  let offered = 0
  let seconds = 0
  let kept = 0
  for (const level of levels) {
    kept += keptIn(level)
    good += level.good
    bad += level.bad
    offered += level.offered
    seconds += level.seconds
  }
  return { good, bad, offered, seconds, kept }
}

/** Good answers, and those still owed only because answering takes time. */
export const keptIn = ({ good, lag = 0 }: Level): number => good + lag
