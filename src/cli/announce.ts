import { arrivalsOf, topRate } from '../plan/load-profile.ts'
import { durationOf, formatTarget, highestRung, isClosed } from '../plan/plan.ts'
import type { Plan } from '../plan/plan.ts'
import { transportOf } from '../plan/transport.ts'
import { nameProtocol } from '../scenario/describe-transport.ts'
import { formatDuration, formatNumber, formatRate } from '../units/format.ts'
import type { RunOrder } from './run-order.ts'

/** One line: what will be done, before it is. A second one where that is not what was asked for. */
export function announce(order: RunOrder): string {
  const { plan, workers, pacing, workersAsked } = order
  const transport = transportOf(plan)
  const parts = [
    `${plan.name}: ${formatTarget(plan.target)}`,
    ...(transport.protocol === 'h2' ? [nameProtocol(transport)] : []),
    ...(transport.tls.verify ? [] : ['certificates not checked']),
    ...loadOf(plan),
    plural(workers, 'worker'),
    ...(pacing === 'timer' ? ['low-CPU pacing'] : []),
    `seed ${plan.seed}`,
  ]
  const line = parts.join(', ')
  if (workersAsked === undefined) return line
  return `${line}\n--workers ${workersAsked} is lowered to ${workers}: there is no connection for more`
}

function loadOf(plan: Plan): readonly string[] {
  const { stages } = plan
  const time = formatDuration(durationOf(plan))
  if (isClosed(plan)) {
    const most = plural(highestRung(plan), 'connection')
    return ['closed model', `${plural(stages.length, 'stage')} up to ${most} in ${time}`]
  }
  const offered = stages.reduce((sum, stage) => sum + arrivalsOf(stage), 0)
  return [
    `${plural(stages.length, 'stage')} up to ${formatRate(topRate(plan))}`,
    `about ${formatNumber(offered, 4)} requests in ${time}`,
  ]
}

const plural = (count: number, what: string): string => `${count} ${count === 1 ? what : `${what}s`}`
