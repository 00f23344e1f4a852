import { layOutWindows } from '../../src/plan/window-layout.ts'
import type { Plan } from '../../src/plan/plan.ts'
import type { Result } from '../../src/result/result.ts'
import type {
  SearchConclusion,
  SearchPhase,
  SearchStep,
  StepOutcome,
} from '../../src/result/search-record.ts'
import { nanoseconds, perSecond, share } from '../../src/units/quantity.ts'
import type { ServerModel } from './servers.ts'
import { hold, planOf, simulateResult } from './simulate-result.ts'

/** One step of a search whose path is given by hand. */
export type ScriptedStep = readonly [phase: SearchPhase, rate: number, seconds: number, outcome?: StepOutcome]

/** A path as searches take it around a capacity of `c`: ramp, plateau, rest, plateau, confirm. */
export const pathAround = (c: number): readonly ScriptedStep[] => [
  ['baseline', c / 5, 8],
  ['ramp', c / 2.9, 3, 'passed'],
  ['ramp', c / 1.9, 3, 'passed'],
  ['ramp', c / 1.28, 3, 'passed'],
  ['ramp', c * 1.2, 3, 'failed'],
  ['plateau', c * 1.2, 8, 'measured'],
  ['drain', c * 0.3, 4],
  ['settle', c * 0.7, 6],
  ['plateau', c * 1.15, 12, 'measured'],
  ['drain', c * 0.3, 6],
  ['hold', c * 0.97, 10, 'passed'],
]

/** What a search concludes that found `rps` ± 2 % by plateaus. */
export const concluded = (rps: number, rest: Partial<SearchConclusion> = {}): SearchConclusion => ({
  complete: true,
  knee: {
    rps,
    low: rps * 0.98,
    high: rps * 1.02,
    confidence: 0.95,
    bound: 'measured',
    because: 'two plateaus agree',
  },
  mode: 'plateau',
  lowerBound: { rps: rps * 0.97, seconds: 9, offered: rps * 0.97 * 9, deficit: 0.002 },
  upperBound: { rps: rps * 1.15, seconds: 11, offered: rps * 1.15 * 11, deficit: 0.13 },
  saturation: { rps, low: rps * 0.99, high: rps * 1.01, confidence: 0.95, bound: 'measured', because: '' },
  slo: null,
  flags: [],
  plateaus: [rps * 1.01, rps],
  absorbedRequests: null,
  baselineShare: share(0),
  epsilon: share(0.01),
  omega: share(0.03),
  reachedOmega: share(0.021),
  holdSeconds: 9,
  recovery: null,
  loadSeconds: 66,
  plannedSeconds: 75,
  ...rest,
})

/** The RESULT of that path against this server, in virtual time. */
export function scriptedSearch(
  steps: readonly ScriptedStep[],
  conclusion: SearchConclusion,
  model: ServerModel,
  rest: Partial<Plan> = {},
): Result {
  const stages = steps.map(([phase, rate, seconds]) => hold(`${phase} ${Math.round(rate)}/s`, rate, seconds))
  const result = simulateResult(planOf(stages, rest), model)
  const spans = layOutWindows({ stages })
  const search: SearchStep[] = steps.map(([phase, rate, , outcome = null], stage) => {
    // The first second of a step is not judged.
    const own = result.windows.filter((_, i) => spans[i]!.stage === stage).slice(1)
    const offered = own.reduce((sum, window) => sum + window.offered, 0)
    const good = own.reduce((sum, window) => sum + window.flow.good, 0)
    return {
      phase,
      rate: perSecond(rate),
      because: `${phase} at ${Math.round(rate)}/s`,
      found: outcome === null ? '' : `${outcome} at ${Math.round(rate)}/s`,
      outcome,
      seconds: own.length,
      offered,
      good,
      deficit: outcome === null ? null : 1 - good / offered,
      estimate: null,
    }
  })
  return {
    ...result,
    plan: {
      ...result.plan,
      search: {
        from: perSecond(steps[0]![1]),
        to: perSecond(10_000),
        precision: conclusion.omega,
        budget: nanoseconds(180e9),
        gentle: false,
      },
    },
    search: { steps: search, conclusion, state: null },
  }
}
