import type { OutgoingHttpHeaders } from 'node:http2'
import type { RequestTemplate, Target } from '../plan/plan.ts'
import { hostOf } from './encode-request.ts'

const METHODS_WITH_BODY = new Set(['POST', 'PUT', 'PATCH'])

/** They speak of one HTTP/1.1 connection; HTTP/2 forbids them (RFC 9113 §8.2.2). */
const OF_THE_CONNECTION = [
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]

/** What the HTTP/2 engine needs of a request template again and again, made once. */
export interface Http2Request {
  readonly headers: OutgoingHttpHeaders
  readonly body: Buffer | undefined
  readonly isHead: boolean
  /** From the intended start, in ns. */
  readonly deadline: number
}

export function prepareHttp2Request(template: RequestTemplate, target: Target): Http2Request {
  const payload = Buffer.from(template.body ?? '', 'utf8')
  return {
    headers: headersOf(template, target, payload.length),
    body: payload.length > 0 ? payload : undefined,
    isHead: template.method === 'HEAD',
    deadline: template.deadline,
  }
}

/**
 * The same request as over HTTP/1.1 (`encodeRequest`) in the words of HTTP/2 (RFC 9113 §8.3): a Host header becomes
 * `:authority`, names are in lower case, and what was given several times is joined (RFC 9110 §5.3).
 */
function headersOf(template: RequestTemplate, target: Target, bytes: number): OutgoingHttpHeaders {
  const { method, path } = template
  const given = joined(template)
  const { host, ...own } = given
  const connection = given['connection']?.split(',') ?? []
  for (const name of [...OF_THE_CONNECTION, ...connection]) delete own[name.trim().toLowerCase()]
  // The one value that HTTP/2 leaves it (RFC 9113 §8.2.2).
  if (own['te'] !== undefined && own['te'].trim().toLowerCase() !== 'trailers') delete own['te']
  delete own['content-length']
  return {
    ':method': method,
    ':path': `${target.basePath}${path}`,
    ':scheme': target.protocol,
    ':authority': host ?? hostOf(target),
    'user-agent': 'plimsoll',
    accept: '*/*',
    ...own,
    ...((bytes > 0 || METHODS_WITH_BODY.has(method)) && { 'content-length': String(bytes) }),
  }
}

function joined({ headers }: RequestTemplate): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [given, value] of headers) {
    const name = given.toLowerCase()
    const before = values[name]
    // Cookies have a separator of their own (RFC 9113 §8.2.3).
    values[name] = before === undefined ? value : `${before}${name === 'cookie' ? ';' : ','} ${value}`
  }
  return values
}
