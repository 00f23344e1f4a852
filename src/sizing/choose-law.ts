import { fitUsl } from '../statistics/usl-fit.ts'
import type { UslRefusal } from '../statistics/usl-refusal.ts'
import type { ScalingPoint } from '../statistics/usl.ts'
import { createRandom } from '../units/random.ts'
import { contentionLaw } from './contention-law.ts'
import { measuredLevels } from './level-capacity.ts'
import type { MeasuredLevel } from './level-capacity.ts'
import { linearLaw } from './linear-law.ts'
import type { MeasuredSystem } from './measured-system.ts'
import { logSpread } from './scaling-law.ts'
import type { ScalingLaw } from './scaling-law.ts'
import { uslLaw } from './usl-law.ts'

/** The refits are part of the answer: the same reports give the same. */
const SEED = 5
/** More per backend than with fewer of them, by more than this beyond both intervals, is no noise. */
const FELT = 1.01

/**
 * The best law that the reports allow: the universal scalability law from six levels that span eightfold, contention alone from two,
 * else proportion. What contradicts the law is said, and then the least that a backend was seen to carry counts.
 *
 * @param systems at least one
 */
export function chooseLaw(systems: readonly MeasuredSystem[]): ScalingLaw {
  const levels = measuredLevels(systems)
  if (levels.length === 0) return atLeastLaw(systems)
  if (levels.length === 1) return linearLaw(levels[0]!, UNMEASURED)
  if (isSuperlinear(levels)) return linearLaw(leastPerBackend(levels), REFUSED.superlinear)
  const random = createRandom(SEED)
  const fitted = fitUsl(pointsOf(systems), () => random.pick())
  if (fitted.kind === 'fitted') return uslLaw(fitted.fit, levels.at(-1)!.backends)
  switch (fitted.because) {
    case 'fewer-than-six-levels':
    case 'levels-span-less-than-eightfold':
    case 'falls-from-the-start':
      return contentionLaw(levels)
    case 'superlinear':
    case 'negative-coefficient':
      return linearLaw(leastPerBackend(levels), REFUSED[fitted.because])
    default:
      return fitted.because satisfies never
  }
}

const UNMEASURED =
  'proportional: one number of backends does not show what they take from one another (a shared database, say); a report with another number would'

const REFUSED: Readonly<Record<Extract<UslRefusal, 'superlinear' | 'negative-coefficient'>, string>> = {
  superlinear:
    'proportional, by the least that a backend carried: with more backends each carried more, so something else than their number differed between the runs',
  'negative-coefficient':
    'proportional, by the least that a backend carried: no scalability law fits the reports, so something else than the number of backends differed between the runs',
}

/** Nothing gave way in any of them: the highest rate that was held is carried, and perhaps more. */
function atLeastLaw(systems: readonly MeasuredSystem[]): ScalingLaw {
  const best = systems.reduce((most, one) => (one.capacity.low > most.capacity.low ? one : most))
  return linearLaw({ ...best.capacity, backends: best.backends }, UNMEASURED)
}

const pointsOf = (systems: readonly MeasuredSystem[]): readonly ScalingPoint[] =>
  systems.flatMap(({ backends, capacity: { rps, low, high } }) =>
    high === null
      ? []
      : [{ n: backends, throughput: rps, variance: (rps * Math.max(logSpread(low, high), 1e-6)) ** 2 }],
  )

const isSuperlinear = (levels: readonly MeasuredLevel[]): boolean =>
  levels.some(few =>
    levels.some(
      many => many.backends > few.backends && many.low / many.backends > (FELT * few.high) / few.backends,
    ),
  )

const leastPerBackend = (levels: readonly MeasuredLevel[]): MeasuredLevel =>
  levels.reduce((least, one) => (one.low / one.backends < least.low / least.backends ? one : least))
