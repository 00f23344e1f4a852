import type { OnsetStatus, PromiseClause } from '../plan/promise-clause.ts'
import { parseDuration, parseRate, parseShare } from '../units/parse.ts'
import type { Nanoseconds, RatePerSecond, Share } from '../units/quantity.ts'
import type { Fault } from './field.ts'
import { formatPromise } from './format-promise.ts'
import { nearest, nearestFix } from '../units/nearest.ts'
import { parsePercentile } from './percentile.ts'

/** Histograms of response time end here, and with them what a promise can speak of. */
const LONGEST_RESPONSE = 120e9
const LONGEST_TEXT = 300

/**
 * `<statistic> [of <request>] <comparison> <limit> [up to <rate>]`. A limit holds no comparison sign, so the last
 * sign of the text is the one that counts, whatever the name of the request is.
 */
const PROMISE = /^(.+?)(?:\s+of\s+(\S.*?))?\s*(<=|>=|≤|≥|<|>)\s*([^<>≤≥]*?)(?:\s+up\s+to\s+([^<>≤≥]*))?$/
const ONSET = /^(?:(\w+)\s+)?onset$/
const STATISTICS = [
  'p50',
  'p90',
  'p95',
  'p99',
  'p99.9',
  'mean',
  'max',
  'errors',
  'knee',
  'onset',
  '502 onset',
]
const OTHER_WORDS: Readonly<Record<string, string>> = {
  average: 'mean',
  avg: 'mean',
  median: 'p50',
  latency: 'p99',
  p100: 'max',
  'error rate': 'errors',
}

interface Parts {
  readonly text: string
  readonly statistic: string
  readonly request: string | undefined
  readonly above: boolean
  readonly limit: string
  readonly upTo: string | undefined
}

type Parsed = { readonly clause: PromiseClause } | { readonly fault: Fault }

const fault = (code: string, message: string, fix: string): { readonly fault: Fault } => ({
  fault: { code, message, fix },
})

/** Reads one promise. `requests` are the names that `of <request>` may use; if there are none, any. */
export function parsePromise(written: string, requests: readonly string[]): Parsed {
  const text = written.trim()
  const match = text.length > LONGEST_TEXT || /[\r\n]/.test(text) ? null : PROMISE.exec(text)
  if (match === null) {
    const what = JSON.stringify(text.slice(0, 80))
    return fault(
      'scenario/promise-syntax',
      `${what} is not <statistic> < <limit>`,
      'write, for example, p99 < 300ms',
    )
  }
  const [, statistic = '', request, sign = '', limit = '', upTo] = match
  const parts: Parts = { text, statistic, request, above: '>≥'.includes(sign[0]!), limit, upTo }
  if (request !== undefined && requests.length > 0 && !requests.includes(request)) {
    const fix = nearestFix(request, requests, 'the requests are')
    return fault(
      'scenario/promise-request',
      `${text}: no request has the name ${JSON.stringify(request)}`,
      fix,
    )
  }
  const read = readerOf(statistic)
  if (read !== undefined) return read(parts)
  const known = OTHER_WORDS[statistic.toLowerCase()] ?? nearest(statistic, STATISTICS)
  const fix = known === undefined ? `the statistics are: ${STATISTICS.join(', ')}` : `write ${known}`
  return fault(
    'scenario/promise-statistic',
    `${text}: there is no statistic ${JSON.stringify(statistic)}`,
    fix,
  )
}

function readerOf(statistic: string): ((parts: Parts) => Parsed) | undefined {
  if (statistic === 'mean' || statistic === 'max') return parts => readLatency(parts, statistic)
  if (statistic === 'errors') return readErrors
  if (statistic === 'knee') return parts => readCapacity(parts, 'knee')
  const onset = ONSET.exec(statistic)
  const status = onset === null ? undefined : onsetStatus(onset[1])
  if (status !== undefined) return parts => readCapacity(parts, status)
  const percentile = parsePercentile(statistic)
  return percentile === undefined ? undefined : parts => readLatency(parts, { percentile })
}

function onsetStatus(text: string | undefined): OnsetStatus | undefined {
  if (text === undefined || text === 'any') return 'any'
  return text === '502' || text === '503' || text === '504' ? text : undefined
}

type Latency = Extract<PromiseClause, { kind: 'latency' }>
type Scope = { readonly request?: string; readonly upTo?: RatePerSecond }

function readLatency(parts: Parts, statistic: Latency['statistic']): Parsed {
  const limit = quantity(parts.limit, parseDuration)
  if (limit === undefined || limit <= 0 || limit > LONGEST_RESPONSE)
    return limitFault(parts, 'a duration above 0 s and up to 120 s', 'ms', '300ms')
  return withScope(parts, scope => ({ kind: 'latency', text: parts.text, statistic, limit, ...scope }))
}

function readErrors(parts: Parts): Parsed {
  const limit: Share | undefined = quantity(parts.limit, parseShare)
  if (limit === undefined || limit > 1) return limitFault(parts, 'a share from 0% to 100%', '%', '0.1%')
  return withScope(parts, scope => ({ kind: 'errors', text: parts.text, limit, ...scope }))
}

/** Latency and errors speak of one request or all, up to a rate, and must stay below. */
function withScope(parts: Parts, clauseOf: (scope: Scope) => PromiseClause): Parsed {
  const upTo = parts.upTo === undefined ? undefined : quantity(parts.upTo, parseRate)
  if (parts.upTo !== undefined && (upTo === undefined || upTo <= 0)) {
    const message = `${parts.text}: ${JSON.stringify(parts.upTo)} after "up to" is not a rate above 0/s`
    return fault('scenario/promise-limit', message, `write up to ${withUnit(parts.upTo, '/s') ?? '600/s'}`)
  }
  const { request } = parts
  const clause = clauseOf({
    ...(request === undefined ? {} : { request }),
    ...(upTo === undefined ? {} : { upTo }),
  })
  return parts.above ? directionFault(parts, clause, 'is to stay below a limit') : { clause }
}

/** Knee and onset are one rate of the whole scenario, and must lie above. */
function readCapacity(parts: Parts, what: 'knee' | OnsetStatus): Parsed {
  const above = quantity(parts.limit, parseRate)
  if (above === undefined || above <= 0) return limitFault(parts, 'a rate above 0/s', '/s', '800/s')
  const { text, statistic } = parts
  const clause: PromiseClause =
    what === 'knee' ? { kind: 'knee', text, above } : { kind: 'onset', text, status: what, above }
  const extra = parts.request === undefined ? parts.upTo && 'up to' : 'of'
  if (extra !== undefined)
    return fault(
      'scenario/promise-scope',
      `${text}: ${statistic} is one rate of the whole scenario`,
      `remove "${extra} …"`,
    )
  return parts.above ? { clause } : directionFault(parts, clause, 'is to lie above a rate')
}

function directionFault({ text, statistic }: Parts, clause: PromiseClause, rule: string): Parsed {
  return fault(
    'scenario/promise-direction',
    `${text}: ${statistic} ${rule}`,
    `write ${formatPromise(clause)}`,
  )
}

function limitFault(
  { text, statistic, above, limit }: Parts,
  what: string,
  unit: string,
  example: string,
): Parsed {
  const fix = `write ${statistic} ${above ? '>' : '<'} ${withUnit(limit, unit) ?? example}`
  return fault(
    'scenario/promise-limit',
    `${text}: ${limit === '' ? 'the limit is missing; it' : JSON.stringify(limit)} must be ${what}`,
    fix,
  )
}

const withUnit = (text: string, unit: string): string | undefined =>
  /^\d{1,9}(?:\.\d{1,9})?$/.test(text) && Number(text) > 0 ? `${text}${unit}` : undefined

function quantity<Q extends Nanoseconds | RatePerSecond | Share>(
  text: string,
  parse: (text: string) => Q | undefined,
): Q | undefined {
  return text.length <= 40 ? parse(text) : undefined
}
