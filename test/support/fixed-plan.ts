import { chooseLab } from '../../src/lab/catalogue.ts'
import type { LabModel } from '../../src/lab/model.ts'
import type { Arrivals, Plan } from '../../src/plan/plan.ts'
import { perSecond, seconds } from '../../src/units/quantity.ts'
import { VirtualLoad } from '../../src/virtual/load.ts'

interface FixedLoad {
  readonly rate: number
  readonly for: number
  readonly arrivals?: Arrivals
  readonly deadline?: number
}

/** One rate for so many seconds. */
export const fixedPlan = ({ rate, for: length, arrivals = 'poisson', deadline = 10 }: FixedLoad): Plan => ({
  schema: 'plimsoll/plan@1',
  name: 'fixed',
  target: { protocol: 'http', host: '127.0.0.1', port: 80, basePath: '' },
  arrivals,
  stages: [{ name: 'hold', from: perSecond(rate), to: perSecond(rate), for: seconds(length), warmup: false }],
  requests: [
    {
      name: 'home',
      weight: 1,
      method: 'GET',
      path: '/',
      headers: [],
      expect: [],
      deadline: seconds(deadline),
    },
  ],
  promises: [],
  seed: 1,
  maxConnections: 10_000,
})

export function labModel(name: string, settings: readonly string[]): LabModel {
  const chosen = chooseLab(name, settings)
  if (!chosen.ok) throw new Error(chosen.problems[0]!.message)
  return chosen.value.entry.create(chosen.value.values, 2)
}

/** Lets the whole plan pass, drain included. */
export function carriedOut(plan: Plan, model: LabModel): VirtualLoad {
  const load = new VirtualLoad(plan, model)
  for (const _ of load.spans) load.runWindow()
  load.finish()
  return load
}
