import { arrivalsOf } from '../plan/load-profile.ts'
import { durationOf, formatTarget } from '../plan/plan.ts'
import { formatDuration, formatNumber, formatRate } from '../units/format.ts'
import type { RunOrder } from './run-order.ts'

/** One line: what will be done, before it is. */
export function announce({ plan, workers }: RunOrder): string {
  const { stages, seed } = plan
  const offered = stages.reduce((sum, stage) => sum + arrivalsOf(stage), 0)
  const highest = Math.max(...stages.flatMap(({ from, to }) => [from, to]))
  const parts = [
    `${plan.name}: ${formatTarget(plan.target)}`,
    `${stages.length} ${stages.length === 1 ? 'stage' : 'stages'} up to ${formatRate(highest)}`,
    `about ${formatNumber(offered, 4)} requests in ${formatDuration(durationOf(plan))}`,
    `${workers} ${workers === 1 ? 'worker' : 'workers'}`,
    `seed ${seed}`,
  ]
  return parts.join(', ')
}
