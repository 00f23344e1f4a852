import type { LabModel } from '../lab/model.ts'
import type { Plan } from '../plan/plan.ts'
import type { RunFacts } from '../result/result.ts'
import { VirtualLoad } from './load.ts'
import { evidenceOf } from './result.ts'
import type { Evidence } from './result.ts'

/** A plan with stages, carried out in virtual time: the same for the same seeds, on every machine. */
export function carryOutVirtually(plan: Plan, model: LabModel, facts: Partial<RunFacts> = {}): Evidence {
  const load = new VirtualLoad(plan, model)
  for (let left = load.spans.length; left > 0; left -= 1) load.runWindow()
  load.finish()
  return evidenceOf(load, plan, facts)
}
