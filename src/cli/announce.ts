import { arrivalsOf, topRate } from '../plan/load-profile.ts'
import { durationOf, formatTarget, highestRung, isClosed } from '../plan/plan.ts'
import type { Plan } from '../plan/plan.ts'
import { transportOf } from '../plan/transport.ts'
import { nameProtocol } from '../scenario/describe-transport.ts'
import { wrapText } from '../report/terminal/wrap-text.ts'
import { formatDuration, formatNumber, formatRate } from '../units/format.ts'
import { foreseeSearch } from './foresee-search.ts'
import type { RunOrder } from './run-order.ts'

/**
 * What will be done, before it is: one line, another where that is not what was asked for, and a paragraph on what a
 * search can tell.
 */
export function announce(order: RunOrder, columns = 80): string {
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
  const lowered = `--workers ${workersAsked} is lowered to ${workers}: there is no connection for more`
  const outlook = outlookOf(order).join(' ')
  return [
    line,
    ...(workersAsked === undefined ? [] : [lowered]),
    ...(outlook === '' ? [] : wrapText(outlook, columns - 1)),
  ].join('\n')
}

function outlookOf({ plan, resumed }: RunOrder): readonly string[] {
  const { search } = plan
  if (search === undefined) return []
  const spent = resumed?.result.search?.conclusion.loadSeconds
  const [takes, reaches] = foreseeSearch(plan)
  return [
    spent === undefined
      ? `Searching from ${formatRate(search.from)} up to at most ${formatRate(search.to)}, with at most ${formatDuration(search.budget)} of load.`
      : `Going on with a search after ${formatDuration(Math.round(spent) * 1e9)} of load; its budget is ${formatDuration(search.budget)}.`,
    `${[takes, reaches].filter(part => part !== undefined).join('; ')}.`,
  ]
}

function loadOf(plan: Plan): readonly string[] {
  const { stages } = plan
  const time = formatDuration(durationOf(plan))
  if (plan.search !== undefined) return [plan.search.gentle ? 'gentle search' : 'search']
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
