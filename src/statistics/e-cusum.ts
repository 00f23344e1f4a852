import { bernoulliLogRatio } from './bernoulli-log-ratio.ts'

/** Multiples of the base that are looked for: what changes is not known beforehand. */
const GRID = [2, 4, 8, 16, 32, 64] as const

/** An alarm for a share that has risen. Plain JSON. */
export interface ECusum {
  /** p0: what the share is at most as long as nothing has changed, 0 < p0 < 1; better its 99 % upper bound than its estimate. */
  readonly base: number
  /** ln M for each share of the grid. */
  readonly logs: readonly number[]
}

export const startECusum = (base: number): ECusum => ({ base, logs: GRID.map(() => 0) })

/**
 * With the bin that follows: M ← max(M, 1)·(p1/p0)^hits·((1 − p1)/(1 − p0))^(trials − hits) for each p1 = p0·{2, 4, …, 64},
 * shares above half way from p0 to 1 taken for that. An e-detector (Shin, Ramdas and Rinaldo, New England Journal of Statistics in
 * Data Science 2(2), 2024).
 */
export function observeBin({ base, logs }: ECusum, trials: number, hits: number): ECusum {
  const share = (multiple: number): number => Math.min(base * multiple, (1 + base) / 2)
  return {
    base,
    logs: GRID.map(
      (multiple, g) => Math.max(0, logs[g]!) + bernoulliLogRatio(hits, trials, base, share(multiple)),
    ),
  }
}

/** ln of the mean of M over the grid. */
export function logEValue({ logs }: ECusum): number {
  const most = Math.max(...logs)
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0) / logs.length)
}

/** Bins that pass on average until a false alarm: 100 minutes of them at ten a second. */
const RUN_LENGTH = 60_000

/** True when the mean M has reached `runLength`: with the share at p0 or below, that takes at least so many bins on average. */
export const alarms = (detector: ECusum, runLength: number = RUN_LENGTH): boolean =>
  logEValue(detector) >= Math.log(runLength)
