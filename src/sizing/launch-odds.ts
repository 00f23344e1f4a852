import { createRandom } from '../units/random.ts'
import { plannedLoad, survivors } from './backends-need.ts'
import { drawLognormal } from './scaling-law.ts'
import type { ScalingLaw } from './scaling-law.ts'
import type { LaunchOdds } from './sizing-answer.ts'
import type { SizingQuestion } from './sizing-question.ts'

const DRAWS = 10_000
/** Fixed, so that the same reports give the same answer, and every number of backends meets the same launches. */
const SEED = 20

/** What may come: users' demand at the peak before any cache, and what backends carry. */
interface Launch {
  readonly demand: number
  readonly capacityOf: (n: number) => number
}

/** How launches turn out with so many backends and such a hit ratio. */
export type OddsOf = (backends: number, hitRatio: number) => LaunchOdds

/**
 * Draws from both intervals as lognormal variables, of the peak and of the capacity: the medians and 95 % intervals are theirs. A launch
 * holds where the origin load stays below the capacity; what exceeds it fails, as long as the peak lasts. Undefined where the
 * capacity has no upper end to draw from.
 */
export function launchOdds(
  { draw }: ScalingLaw,
  question: SizingQuestion,
  utilisation: number,
): OddsOf | undefined {
  if (draw === undefined) return undefined
  const launches = drawLaunches(draw, question)
  return (backends, hitRatio) => {
    const left = survivors(backends, question)
    let [holds, holdsAfterLoss, keepsHeadroom, failed] = [0, 0, 0, 0]
    for (const { demand, capacityOf } of launches) {
      const load = demand * (1 - hitRatio)
      const [all, rest] = [capacityOf(backends), capacityOf(left)]
      if (load <= all) holds += 1
      if (load <= rest) holdsAfterLoss += 1
      if (load <= plannedLoad(rest, { question, utilisation })) keepsHeadroom += 1
      failed += Math.max(0, load - all)
    }
    return {
      draws: DRAWS,
      holds: holds / DRAWS,
      holdsAfterLoss: holdsAfterLoss / DRAWS,
      keepsHeadroom: keepsHeadroom / DRAWS,
      expectedFailed: (failed / DRAWS) * question.peakLasts,
    }
  }
}

function drawLaunches(
  draw: NonNullable<ScalingLaw['draw']>,
  { peak, growth }: SizingQuestion,
): readonly Launch[] {
  const [capacities, peaks] = [createRandom(SEED), createRandom(SEED, 1)]
  const rps = Math.sqrt(peak.low * peak.high)
  return Array.from({ length: DRAWS }, () => ({
    demand: drawLognormal({ rps, ...peak }, peaks) * (1 + growth),
    capacityOf: draw(capacities),
  }))
}
