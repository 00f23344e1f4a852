import { arrivalsOf } from '../plan/load-profile.ts'
import { durationOf, formatTarget, isClosed } from '../plan/plan.ts'
import type { Plan, RequestTemplate, Stage } from '../plan/plan.ts'
import type { SearchGoal } from '../plan/search-goal.ts'
import { formatDuration, formatNumber, formatRate, formatShare } from '../units/format.ts'
import { describeTransport } from './describe-transport.ts'

const WIDTH = 80
const MOST_ROWS = 12

/**
 * What the plan will do, in lines of at most 80 columns; `plimsoll validate` prints them. `outlook` is what is known
 * beforehand of the precision of a search.
 */
export function describePlan(plan: Plan, outlook: readonly string[] = []): string[] {
  const { requests, promises, search } = plan
  const weights = requests.reduce((sum, { weight }) => sum + weight, 0)
  const requestRows = atMost(requests, 'requests').map(request =>
    typeof request === 'string' ? [request] : requestRow(request, weights),
  )
  return [
    plan.name,
    `target    ${formatTarget(plan.target)}`,
    isClosed(plan) ? `model     ${CLOSED}` : `arrivals  ${ARRIVALS[plan.arrivals]}`,
    ...describeTransport(plan),
    ...(search === undefined ? describeStages(plan) : describeSearch(search, outlook)),
    '',
    requests.length === 1 ? '1 request' : `${requests.length} requests`,
    ...layOut(requestRows),
    '',
    ...describePromises(promises.map(({ text }) => text)),
  ].map(line => shorten(line, WIDTH))
}

function describeStages(plan: Plan): readonly string[] {
  const { stages } = plan
  const offered = stages.reduce((sum, stage) => sum + arrivalsOf(stage), 0)
  const about = isClosed(plan) ? '' : `, about ${formatNumber(offered, 4)} requests`
  const rows = atMost(stages, 'stages').map(stage => (typeof stage === 'string' ? [stage] : stageRow(stage)))
  return [
    `takes     ${formatDuration(durationOf(plan))}${about}`,
    '',
    stages.length === 1 ? '1 stage' : `${stages.length} stages`,
    ...layOut(rows),
  ]
}

function describeSearch(search: SearchGoal, outlook: readonly string[]): readonly string[] {
  const { from, to, precision, budget, gentle, soak, slow } = search
  return [
    `takes     at most ${formatDuration(budget)} of load`,
    '',
    'search for the capacity',
    `  from ${formatRate(from)} to at most ${formatRate(to)}, to within ±${formatShare(precision)}`,
    ...(gentle ? ['  gently: holds only, each a little above the last one that passed'] : []),
    ...(soak === undefined ? [] : [`  then holds what was found for ${formatDuration(soak)}`]),
    ...(slow === undefined ? [] : [`  beside it, the highest rate at which ${slow.text}`]),
    ...outlook.map(line => `  ${line}`),
  ]
}

const CLOSED = 'closed: a connection sends its next request after an answer'
const ARRIVALS = { poisson: 'Poisson', even: 'evenly spaced' } as const

function describePromises(texts: readonly string[]): readonly string[] {
  if (texts.length === 0) return ['no promises']
  return [texts.length === 1 ? '1 promise' : `${texts.length} promises`, ...texts.map(text => `  ${text}`)]
}

function stageRow(stage: Stage): readonly string[] {
  const { name, from, to, for: duration, warmup, connections } = stage
  if (connections !== undefined) return [name, formatDuration(duration)]
  const rate = from === to ? formatRate(from) : `${formatRate(from)} to ${formatRate(to)}`
  const about = `about ${formatNumber(arrivalsOf(stage), 4)} requests`
  return [name, rate, formatDuration(duration), warmup ? `${about}, warm-up` : about]
}

function requestRow(
  { name, weight, method, path, deadline }: RequestTemplate,
  weights: number,
): readonly string[] {
  const line = `${method} ${path}`
  const due = `within ${formatDuration(deadline)}`
  return name === line
    ? [name, formatShare(weight / weights), due]
    : [name, formatShare(weight / weights), due, line]
}

/** Up to twelve items; of more, the first ten, a line that counts the rest, and the last. */
function atMost<Item>(items: readonly Item[], what: string): readonly (Item | string)[] {
  if (items.length <= MOST_ROWS) return items
  const shown = MOST_ROWS - 2
  return [...items.slice(0, shown), `… ${items.length - shown - 1} more ${what} …`, items.at(-1)!]
}

/** Columns as wide as their widest cell, up to 30; the last one is free. */
function layOut(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = []
  for (const row of rows)
    for (const [column, cell] of row.slice(0, -1).entries())
      widths[column] = Math.max(widths[column] ?? 0, Math.min(cell.length, 30))
  const fit = (cell: string, i: number, row: readonly string[]): string =>
    i === row.length - 1 ? cell : shorten(cell, widths[i]!).padEnd(widths[i]!)
  return rows.map(row => `  ${row.map(fit).join('  ')}`)
}

const shorten = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, width - 1)}…`
