import type { RequestTemplate } from '../plan/plan.ts'
import type { Nanoseconds } from '../units/quantity.ts'
import { readList, readMapping, readName, readText } from './field.ts'
import type { Field, Fields, Report } from './field.ts'
import { hasHeader, mergeHeaders, readHeaders, TOKEN } from './headers.ts'
import type { Headers } from './headers.ts'
import { faultInPath } from './path.ts'
import { readDuration, readPositive } from './quantity-field.ts'
import { METHOD_KEYS, REQUEST_KEYS } from './scenario-keys.ts'
import { readStatuses } from './statuses.ts'
import { toJson } from './tree.ts'
import { reportDuplicates } from './unique-names.ts'

/** Histograms of response time end here. */
export const LONGEST_DEADLINE = 120e9

/** What a request has unless it says otherwise. */
export interface RequestDefaults {
  readonly headers: Headers
  readonly expect: readonly number[]
  readonly deadline: Nanoseconds
}

/** The templates without a problem, and the names of all requests as far as they could be read. */
export interface ReadRequests {
  readonly templates: readonly RequestTemplate[]
  readonly names: readonly string[]
}

/** One GET of the target itself. */
export function defaultRequest(defaults: RequestDefaults): RequestTemplate {
  return { name: 'GET /', weight: 1, method: 'GET', path: '/', ...defaults }
}

export function readRequests(field: Field, defaults: RequestDefaults, report: Report): ReadRequests {
  const items = readList(field, 'request', '{ name: home, get: / }', report) ?? []
  const read = items.map(item => readRequest(item, defaults, report))
  const names = read.map(request => request?.name)
  reportDuplicates('request', items, names, report)
  return {
    templates: read.flatMap(request => request?.template ?? []),
    names: names.filter(name => name !== undefined),
  }
}

function readRequest(
  item: Field,
  defaults: RequestDefaults,
  report: Report,
): { name?: string | undefined; template?: RequestTemplate } | undefined {
  const fields = readMapping(item, REQUEST_KEYS, report)
  if (fields === undefined) return undefined
  const line = readRequestLine(item, fields, report)
  const named = fields.get('name')
  const name = named === undefined ? line && `${line.method} ${line.path}` : readName(named, report)
  const weighted = fields.get('weight')
  const weight = weighted === undefined ? 1 : readPositive(weighted, report)
  const content = readContent(fields, defaults.headers, report)
  const expected = fields.get('expect')
  const expect = expected === undefined ? defaults.expect : readStatuses(expected, report)
  const due = fields.get('deadline')
  const deadline = due === undefined ? defaults.deadline : readDuration(due, LONGEST_DEADLINE, report)
  if (line === undefined || name === undefined || weight === undefined || deadline === undefined)
    return { name }
  return { name, template: { name, weight, ...line, ...content, expect, deadline } }
}

interface RequestLine {
  readonly method: string
  readonly path: string
}

/** `get: /`, or `method: PURGE` with `path: /`. */
function readRequestLine(item: Field, fields: Fields, report: Report): RequestLine | undefined {
  const keys = METHOD_KEYS.filter(key => fields.has(key))
  const methodField = fields.get('method')
  const pathField = fields.get('path')
  const byMethod = methodField !== undefined && pathField !== undefined
  const either = methodField !== undefined || pathField !== undefined
  if (keys.length + (either ? 1 : 0) !== 1 || (either && !byMethod)) {
    const has = [...keys, ...['method', 'path'].filter(key => fields.has(key))]
    const message = `${item.path} has ${has.length === 0 ? 'no method and path' : has.join(' and ')}`
    const fix =
      'write exactly one of get: /, post: /, put, patch, delete, head, options; or method: and path:'
    return report({ code: 'scenario/request-line', message, fix }, item.tree.at)
  }
  const method = methodField === undefined ? keys[0]!.toUpperCase() : readMethod(methodField, report)
  const path = readPath(pathField ?? fields.get(keys[0]!)!, report)
  return method === undefined || path === undefined ? undefined : { method, path }
}

function readMethod(field: Field, report: Report): string | undefined {
  const method = readText(field, report)?.toUpperCase()
  if (method === undefined || (TOKEN.test(method) && method !== 'CONNECT')) return method
  const message = `${field.path} is ${JSON.stringify(method)}; that is no method of a request for a path`
  return report({ code: 'scenario/method', message, fix: 'write, for example, method: PURGE' }, field.tree.at)
}

function readPath(field: Field, report: Report): string | undefined {
  const path = readText(field, report)
  const fault = path === undefined ? undefined : faultInPath(path, field.path)
  return fault === undefined ? path : report(fault, field.tree.at)
}

/** Headers and body; `json` brings its content type. */
function readContent(
  fields: Fields,
  defaults: Headers,
  report: Report,
): { readonly headers: Headers; readonly body?: string } {
  const own = fields.get('headers')
  const headers = mergeHeaders(defaults, own === undefined ? [] : readHeaders(own, report))
  const [text, json] = [fields.get('body'), fields.get('json')]
  if (text !== undefined && json !== undefined) {
    const message = `${json.path} stands beside body; a request has one body`
    report({ code: 'scenario/body-and-json', message, fix: 'keep body: or json:' }, json.tree.at)
  }
  if (json !== undefined) {
    const typed = hasHeader(headers, 'content-type')
    const type: Headers = typed ? [] : [['content-type', 'application/json']]
    return { headers: [...headers, ...type], body: toJson(json.tree) }
  }
  const body = text === undefined ? undefined : readText(text, report)
  return body === undefined ? { headers } : { headers, body }
}
