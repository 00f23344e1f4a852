import { formatTarget } from '../plan/plan.ts'
import type { RequestTemplate, Target } from '../plan/plan.ts'

const METHODS_WITH_BODY = new Set(['POST', 'PUT', 'PATCH'])

/**
 * The bytes of a request (RFC 9112 §3), made once per template and sent as they are every time. The `last` one on a
 * connection says so, which leaves it to the server to close (§9.6).
 */
export function encodeRequest(template: RequestTemplate, target: Target, place?: 'last'): Buffer {
  const { method, path, headers, body } = template
  const given = new Set(headers.map(([name]) => name.toLowerCase()))
  const lines = [`${method} ${target.basePath}${path} HTTP/1.1`]
  if (!given.has('host')) lines.push(`Host: ${hostOf(target)}`)
  if (!given.has('user-agent')) lines.push('User-Agent: plimsoll')
  if (!given.has('accept')) lines.push('Accept: */*')
  if (place === 'last') lines.push('Connection: close')
  for (const [name, value] of headers) lines.push(`${name}: ${value}`)
  const payload = Buffer.from(body ?? '', 'utf8')
  // A body without its length would be read until the connection closes; a POST without a body says so (RFC 9110 §8.6).
  if (payload.length > 0 || METHODS_WITH_BODY.has(method)) lines.push(`Content-Length: ${payload.length}`)
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), payload])
}

export function hostOf(target: Target): string {
  const { socketPath: _, ...withoutSocket } = target
  return formatTarget({ ...withoutSocket, basePath: '' }).replace(/^https?:\/\//, '')
}
