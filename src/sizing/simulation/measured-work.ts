import { meanUs, totalCount } from '../../result/counts.ts'
import type { Counts } from '../../result/counts.ts'
import type { MeasuredSystem } from '../measured-system.ts'
import type { ScalingLaw } from '../scaling-law.ts'

/** What one backend does with a request, as far as runs show it. */
export interface MeasuredWork {
  readonly serviceTimes: Counts
  /** How many they are. */
  readonly answers: number
  /** S in s: their mean. */
  readonly mean: number
  /** Per backend in 1/s, with as many backends as there were when they were measured. */
  readonly capacity: number
  /** C₁·S: requests that a full backend is worked at by, as by Little's law. */
  readonly atOnce: number
  /** ⌈C₁·S⌉. */
  readonly slots: number
}

/** Of the report with the most backends that has service times; undefined where none has. */
export function measuredWork(systems: readonly MeasuredSystem[], law: ScalingLaw): MeasuredWork | undefined {
  const [most] = systems
    .flatMap(({ serviceTimes, backends }) => (serviceTimes === null ? [] : [{ serviceTimes, backends }]))
    .toSorted((a, b) => b.backends - a.backends)
  if (most === undefined) return undefined
  const { serviceTimes, backends } = most
  const mean = meanUs(serviceTimes)! / 1e6
  const capacity = law.at(backends).low / backends
  const atOnce = capacity * mean
  // What rounding has added to a whole number does not make one more.
  const slots = Math.max(1, Math.ceil(atOnce * (1 - 1e-6)))
  return { serviceTimes, answers: totalCount(serviceTimes), mean, capacity, atOnce, slots }
}
