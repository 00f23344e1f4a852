import { CACHE_DEFAULTS } from '../../src/sizing/cdn/cdn-question.ts'
import { sizeSystem } from '../../src/sizing/size-system.ts'
import type { SizingAnswer } from '../../src/sizing/sizing-answer.ts'
import { USUAL_GATEWAY } from '../../src/sizing/sizing-wish.ts'
import { lowerEnd408, measuredSystem, question } from './measured-system.ts'

const LEFT_OUT = { label: 'old.json', because: 'it has no knee: too short', measure: 'run a ramp' }
const worked = question({ low: 10_000, high: 12_000 }, { growth: 0.3, hitRatio: 0.85 })
/** Answers of every kind. */
export const SIZING_ANSWERS: Readonly<Record<string, SizingAnswer>> = {
  worked: sizeSystem(worked, [lowerEnd408], [LEFT_OUT]),
  priced: sizeSystem(
    question(3000, {
      costPerBackend: 2,
      egressCost: 0.08,
      retries: 3,
      zones: 3,
      scaleTime: 90,
      loadGrowth: 0.002,
    }),
    [measuredSystem(400), measuredSystem(760, 2)],
  ),
  bound: sizeSystem(question(5000), [
    measuredSystem(600, 2, { capacity: { rps: 600, low: 600, high: null } }),
  ]),
  silent: sizeSystem(question(5000), [], [LEFT_OUT]),
  unreachable: sizeSystem(
    question(50_000),
    [1, 2, 4, 8, 16, 32].map(n =>
      measuredSystem((408 * n) / (1 + 0.05 * (n - 1) + 1e-3 * n * (n - 1)), n, { width: 1e-6 }),
    ),
  ),
  wished: sizeSystem(question(3000), [measuredSystem(800, 2)], [], {
    cdn: { cache: CACHE_DEFAULTS, objects: new Map(), ttls: new Map([['home', 60]]) },
    simulate: USUAL_GATEWAY,
  }),
  kept: sizeSystem(question(100), [measuredSystem(4000, 10, { responseTime: null })]),
}
