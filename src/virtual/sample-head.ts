import { STATUS_CODES } from 'node:http'
import type { Reply } from '../lab/model.ts'
import type { Sample } from '../result/result.ts'

const BODY = 'ok\n'

/** An answer as it would have come over the wire from `plimsoll lab`. */
export function sampleHead({ status, headers = {}, body = BODY }: Reply): Pick<Sample, 'head' | 'body'> {
  const fields = { 'content-length': String(body.length), ...headers, connection: 'keep-alive' }
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`)
  return { head: [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines].join('\r\n'), body }
}
