import type { MeasuredSystem } from '../measured-system.ts'
import type { ScalingLaw } from '../scaling-law.ts'
import type { ServerLimits } from '../server-limits.ts'
import type { SizingOption } from '../sizing-answer.ts'
import type { SizingQuestion } from '../sizing-question.ts'
import type { SimulationWish } from '../sizing-wish.ts'
import { measuredWork } from './measured-work.ts'
import { simulateOption } from './simulate-option.ts'
import { simulationAssumptions } from './simulation-assumptions.ts'

/** What a simulation rests on. */
export interface Simulated {
  readonly question: SizingQuestion
  readonly law: ScalingLaw
  readonly systems: readonly MeasuredSystem[]
  readonly limitsOf: (option: SizingOption) => ServerLimits | null
}

export interface SimulatedOptions {
  readonly options: readonly SizingOption[]
  /** What the simulation takes for granted; null where there is none. */
  readonly assumptions: readonly string[] | null
}

/** The options with the peak of each, where that is wished for and the reports show what a simulation takes. */
export function simulateOptions(
  options: readonly SizingOption[],
  { question, law, systems, limitsOf }: Simulated,
  wish: SimulationWish | null,
): SimulatedOptions {
  const work = measuredWork(systems, law)
  if (wish === null || work === undefined || law.draw === undefined) return { options, assumptions: null }
  const { gatewayTimeout } = wish
  const simulated = options.map(option => {
    // Where nothing is done, the gateway is told nothing.
    const limits = option.name === 'do-nothing' ? null : limitsOf(option)
    const capacity = law.at(option.backends).low
    return {
      ...option,
      simulated: simulateOption(option, capacity, work, { limits, gatewayTimeout }, question),
    }
  })
  const hasLimits = simulated.some(option => option.name !== 'do-nothing' && limitsOf(option) !== null)
  return {
    options: simulated,
    assumptions: simulationAssumptions({ options: simulated, work, question, gatewayTimeout, hasLimits }),
  }
}
