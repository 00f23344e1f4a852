import type { Plan, Stage } from '../../src/plan/plan.ts'
import { planOf, stage } from './simulate-result.ts'

export const rung = (connections: number, forSeconds: number): Stage => ({
  ...stage(connections === 1 ? '1 connection' : `${connections} connections`, 0, 0, forSeconds),
  connections,
})

export const closedPlan = (stages: readonly Stage[], rest: Partial<Plan> = {}): Plan =>
  planOf(stages, { model: 'closed', ...rest })
