import { FAMILIES } from './family.ts'
import { score } from './score.ts'
import type { Score } from './score.ts'
import { carryOutTrial, drawTrial } from './trial.ts'

/** One search, as it goes to a worker thread. */
export interface Errand {
  readonly family: string
  readonly seed: number
}

export function runErrand({ family: name, seed }: Errand): Score {
  const family = FAMILIES.find(known => known.name === name)
  if (family === undefined) throw new Error(`there is no family ${name}`)
  const trial = drawTrial(family, seed)
  const { conclusion, findings } = carryOutTrial(trial)
  return score({ trial, goal: trial.plan.search, conclusion, findings }, seed)
}
