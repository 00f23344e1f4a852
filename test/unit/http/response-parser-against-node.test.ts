import {
  array,
  assert,
  asyncProperty,
  boolean,
  constantFrom,
  integer,
  record,
  stringMatching,
} from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { Agent, request } from 'node:http'
import type { ClientRequest } from 'node:http'
import { Duplex } from 'node:stream'
import { expect, test } from 'vitest'
import { ResponseParser } from '../../../src/http/response-parser.ts'

interface Read {
  readonly status: number
  readonly bodyBytes: number
  readonly keepAlive: boolean
}

/** Node's own client over a connection that exists in memory only. */
async function readByNode(bytes: Buffer, method: string): Promise<Read> {
  const socket = new Duplex({ read: () => {}, write: (_chunk, _encoding, done) => done() })
  const agent = new Agent({ keepAlive: true })
  agent.createConnection = () => socket
  return new Promise((resolve, reject) => {
    const sent: ClientRequest = request({ agent, method, host: 'memory' }, answer => {
      let bodyBytes = 0
      answer.on('data', (chunk: Buffer) => (bodyBytes += chunk.length))
      answer.on('error', reject)
      answer.on('end', () => {
        resolve({ status: answer.statusCode!, bodyBytes, keepAlive: sent.shouldKeepAlive })
        socket.destroy()
      })
    })
    sent.on('error', reject)
    sent.end()
    socket.push(bytes)
    socket.push(null)
  })
}

function readByUs(bytes: Buffer, method: string, step: number): Read {
  const parser = new ResponseParser()
  parser.begin(method === 'HEAD')
  for (let from = 0; from < bytes.length && !parser.done; from += step) {
    parser.execute(bytes, from, Math.min(from + step, bytes.length))
  }
  expect(parser.invalid).toBeUndefined()
  expect(parser.endOfInput()).toBe(true)
  return { status: parser.status, bodyBytes: parser.bodyBytes, keepAlive: parser.keepAlive }
}

const token = stringMatching(/^X-[A-Za-z0-9!#$%&'*+.^_`|~-]{1,12}$/)
const value = stringMatching(/^[!-~]([ -~\t]{0,20}[!-~])?$/)
const responses = record({
  method: constantFrom('GET', 'POST', 'HEAD'),
  status: constantFrom(200, 201, 204, 206, 301, 304, 400, 404, 429, 500, 502, 503, 504),
  reason: constantFrom('', 'OK', 'Bad Gateway', 'What?!'),
  minor: constantFrom(0, 1),
  framing: constantFrom<'length' | 'chunked' | 'close'>('length', 'chunked', 'close'),
  connection: constantFrom('', 'keep-alive', 'Keep-Alive', 'close', 'CLOSE'),
  headers: array(record({ name: token, value }), { maxLength: 4 }),
  interim: array(constantFrom(100, 102, 103), { maxLength: 2 }),
  chunks: array(integer({ min: 1, max: 300 }), { maxLength: 5 }),
  extension: constantFrom('', ';a', ';a=b', ';a="b"'),
  trailer: boolean(),
  step: integer({ min: 1, max: 400 }),
})

type Response = typeof responses extends Arbitrary<infer Value> ? Value : never

/** The bytes of a response, and what they must be read as, both out of one description. */
function written(response: Response): { bytes: Buffer; expected: Read } {
  const { method, status, reason, minor, framing: wanted, connection, chunks } = response
  const framing = minor === 0 && wanted === 'chunked' ? 'close' : wanted
  const size = chunks.reduce((sum, chunk) => sum + chunk, 0)
  const bodiless = method === 'HEAD' || status === 204 || status === 304
  const lines = [
    `HTTP/1.${minor} ${status} ${reason}`,
    ...{ length: [`Content-Length: ${size}`], chunked: ['Transfer-Encoding: chunked'], close: [] }[framing],
    ...(connection === '' ? [] : [`Connection: ${connection}`]),
    ...response.headers.map(({ name, value }) => `${name}: ${value}`),
  ]
  const interim =
    minor === 0 ? [] : response.interim.map(code => `HTTP/1.1 ${code} Interim\r\nX-Hint: 1\r\n\r\n`)
  const head = `${interim.join('')}${lines.join('\r\n')}\r\n\r\n`
  const asked = connection.toLowerCase()
  const closes = minor === 0 ? asked !== 'keep-alive' : asked === 'close'
  return {
    bytes: Buffer.from(head + (bodiless ? '' : body(response, framing, size)), 'latin1'),
    expected: {
      status,
      bodyBytes: bodiless ? 0 : size,
      keepAlive: !closes && (framing !== 'close' || bodiless),
    },
  }
}

function body({ chunks, extension, trailer }: Response, framing: string, size: number): string {
  if (framing !== 'chunked') return '\r'.repeat(size)
  const written = chunks.map(chunk => `${chunk.toString(16)}${extension}\r\n${'\n'.repeat(chunk)}\r\n`)
  return `${written.join('')}0${extension}\r\n${trailer ? 'X-Trailer: 1\r\n' : ''}\r\n`
}

test('valid responses are read as Node reads them: status, body and what becomes of the connection', async () => {
  await assert(
    asyncProperty(responses, async response => {
      const { bytes, expected } = written(response)
      expect(readByUs(bytes, response.method, response.step)).toEqual(expected)
      // Node closes after the answer to a HEAD that names no length; RFC 9112 §6.3 ends every such answer with its head.
      const cautious =
        response.method === 'HEAD' && !/^(Content-Length|Transfer-Encoding):/m.test(bytes.toString('latin1'))
      const byNode = {
        ...expected,
        keepAlive: expected.keepAlive && (!cautious || [204, 304].includes(expected.status)),
      }
      expect(await readByNode(bytes, response.method)).toEqual(byNode)
    }),
    { numRuns: 500 },
  )
})
