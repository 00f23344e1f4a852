import type { Stage } from '../plan/plan.ts'
import type { PromiseClause } from '../plan/promise-clause.ts'
import type { Transport } from '../plan/transport.ts'
import { perSecond, seconds } from '../units/quantity.ts'
import type { Nanoseconds } from '../units/quantity.ts'
import { parseLadder } from './connection-ladder.ts'
import type { Fault, Field, Fields, Report } from './field.ts'
import { readDuration } from './quantity-field.ts'
import { endsWithinADay } from './stages.ts'

const EACH = seconds(5)
const SHORTEST = 1e9
const LONGEST = 3600e9
/** Keys that say when requests start, which here the answers do. */
const OPEN_KEYS: readonly string[] = ['stages', 'search', 'arrivals']

/** `connections` and `for`: a stage for each rung of the ladder, without a rate. */
export function readClosedStages(fields: Fields, root: Field, report: Report): readonly Stage[] | undefined {
  for (const field of OPEN_KEYS.flatMap(key => fields.get(key) ?? [])) {
    const message = `${field.path} says when requests start; in a closed model they start when earlier ones are answered`
    const fix = `remove ${field.path}, or model: closed; connections: and for: shape a closed load`
    report({ code: 'scenario/closed-load', message, fix }, field.tree.at)
  }
  const timed = fields.get('for')
  const each: Nanoseconds | undefined =
    timed === undefined ? EACH : readDuration(timed, LONGEST, report, SHORTEST)
  const field = fields.get('connections')
  if (field === undefined) {
    const message = 'a closed model has a number of connections, and the scenario does not say which'
    const fix = 'write connections: 32, or a ladder: connections: 1..64'
    return report({ code: 'scenario/connections-missing', message, fix }, root.tree.at)
  }
  const ladder = parseLadder(field)
  if ('code' in ladder) return report(ladder, field.tree.at)
  if (each === undefined) return undefined
  const stages = ladder.map(connections => rung(connections, each))
  return endsWithinADay(field, stages, report) ? stages : undefined
}

function rung(connections: number, each: Nanoseconds): Stage {
  const name = connections === 1 ? '1 connection' : `${connections} connections`
  return { name, from: perSecond(0), to: perSecond(0), for: each, warmup: false, connections }
}

/** Keys of a closed model in a scenario that is none. */
export function reportClosedKeys(fields: Fields, report: Report): void {
  for (const field of ['connections', 'for'].flatMap(key => fields.get(key) ?? [])) {
    const message = `${field.path} belongs to a closed model; in an open one the stages say how much and how long`
    const fix = `add model: closed, or remove ${field.path}`
    report({ code: 'scenario/open-load', message, fix }, field.tree.at)
  }
}

/** The closed model is made by autocannon, which speaks HTTP/1.1 over connections that it keeps. */
export function reportClosedTransport(fields: Fields, transport: Transport, report: Report): void {
  const { protocol, strategy } = transport
  const odd = [
    protocol === 'h2' ? fields.get('http') : undefined,
    strategy.kind === 'keep-alive' ? undefined : fields.get('connection-strategy'),
  ]
  for (const field of odd.filter(field => field !== undefined)) {
    const message = 'a closed model is carried out over HTTP/1.1 and connections that are kept'
    const fix = `remove ${field.path}, or model: closed`
    report({ code: 'scenario/closed-transport', message, fix }, field.tree.at)
  }
}

/** Why a closed model cannot decide the promise; undefined where it can. */
export function faultInClosedPromise(clause: PromiseClause): Fault | undefined {
  const { kind, text } = clause
  if (kind === 'errors' && clause.upTo === undefined) return undefined
  const why = {
    errors: 'no rate is offered in it that "up to" could name',
    latency: 'its response times are whole milliseconds and leave out every wait for a free connection',
    knee: NO_OVERLOAD,
    onset: NO_OVERLOAD,
  }[kind]
  return {
    code: 'scenario/closed-promise',
    message: `${text}: a closed model cannot show this: ${why}`,
    fix: 'promise errors < 0.1% here, and the rest in an open model: stages: instead of connections:',
  }
}

const NO_OVERLOAD =
  'each connection waits for its answer, so a load above capacity is never offered and nothing like a knee appears'
