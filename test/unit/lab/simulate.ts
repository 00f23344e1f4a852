import { chooseLab } from '../../../src/lab/catalogue.ts'
import type { LabTruth } from '../../../src/lab/lab-entry.ts'
import type { LabModel } from '../../../src/lab/model.ts'
import { createReplySchedule } from '../../../src/lab/reply-schedule.ts'
import { createRandom } from '../../../src/units/random.ts'

export interface Fate {
  readonly at: number
  readonly departsAt: number
  readonly sojourn: number
  /** 0 for a reset. */
  readonly status: number
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

function choose(
  name: string,
  settings: readonly string[],
): { model: (seed: number) => LabModel; truth: LabTruth } {
  const chosen = chooseLab(name, settings)
  if (!chosen.ok) throw new Error(chosen.problems.map(problem => problem.message).join('\n'))
  const { entry, values } = chosen.value
  return { model: seed => entry.create(values, seed), truth: entry.truth(values) }
}

export const truthOf = (name: string, ...settings: readonly string[]): LabTruth =>
  choose(name, settings).truth

/** A fresh server that takes arrivals in virtual time and tells, in the order of arrival, what became of each. */
export function serve(
  name: string,
  arrivals: Iterable<number>,
  {
    settings = [],
    seed = 1,
    path = () => '/',
  }: { settings?: string[]; seed?: number; path?: (n: number) => string } = {},
): readonly Fate[] {
  const fates: Fate[] = []
  const schedule = createReplySchedule<string>(choose(name, settings).model(seed), visit => {
    const { departsAtSeconds, status, headers = {} } = visit.reply
    fates[visit.sequence - 1] = {
      at: visit.arrivedAtSeconds,
      departsAt: departsAtSeconds,
      sojourn: departsAtSeconds - visit.arrivedAtSeconds,
      status,
      path: visit.ticket,
      headers,
    }
  })
  let n = 0
  for (const at of arrivals) {
    schedule.arrive(at, path(n), path(n))
    schedule.release(at)
    n += 1
  }
  schedule.release(Infinity)
  return fates
}

/** n/rate for n = 0, 1, … while before `end`. */
export function* even(rate: number, end: number): Iterable<number> {
  for (let n = 0; n / rate < end; n += 1) yield n / rate
}

/** A Poisson process from `start` to `end`. */
export function* poisson(rate: number, end: number, seed = 7, start = 0): Iterable<number> {
  const random = createRandom(seed, 99)
  for (let at = start; ;) {
    at -= Math.log(random.uniform()) / rate
    if (at >= end) return
    yield at
  }
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

export const shareOf = (fates: readonly Fate[], status: number): number =>
  fates.filter(fate => fate.status === status).length / fates.length

/** Good answers per second between two instants. */
export const goodput = (fates: readonly Fate[], from: number, to: number): number =>
  fates.filter(fate => fate.status === 200 && fate.departsAt >= from && fate.departsAt < to).length /
  (to - from)

/** The value that a share p of the values does not exceed. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.ceil(p * sorted.length - 1e-9) - 1]!
}

/** Passes when `actual` is within `tolerance` of `expected`, as a share of it. */
export const relativeError = (actual: number, expected: number): number => Math.abs(actual / expected - 1)
