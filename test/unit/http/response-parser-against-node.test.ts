import { isDeepStrictEqual } from 'node:util'
import {
  array,
  assert,
  asyncProperty,
  boolean,
  constantFrom,
  integer,
  oneof,
  record,
  stringMatching,
} from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COMPLETE } from './corpus/complete-responses.ts'
import {
  FRAMED_OTHERWISE,
  ONLY_NODE_KEEPS,
  ONLY_NODE_READS,
  ONLY_WE_KEEP,
  ONLY_WE_READ,
} from './corpus/differences-from-node.ts'
import { MALFORMED } from './corpus/malformed-responses.ts'
import { PATIENCE, mutated, noise, runs } from './corpus/mutated-responses.ts'
import { bytesOf, cutEvery, parse } from './corpus/parse-pieces.ts'
import { readByNode } from './corpus/read-by-node.ts'

interface Read {
  readonly end: number
  readonly status: number
  readonly body: string
  readonly keepAlive: boolean
}

const token = stringMatching(/^X-[A-Za-z0-9!#$%&'*+.^_`|~-]{1,12}$/)
const value = stringMatching(/^[!-~]([ -~\t]{0,20}[!-~])?$/)
const responses = record({
  answersHead: boolean(),
  status: constantFrom(200, 201, 204, 205, 206, 301, 304, 400, 404, 429, 500, 502, 503, 504, 600, 999),
  reason: constantFrom('', ' ', ' OK', ' Bad Gateway', ' What?!', ' \xe7a'),
  minor: constantFrom(0, 1),
  framing: constantFrom<'length' | 'chunked' | 'close'>('length', 'chunked', 'close'),
  connection: constantFrom('', 'keep-alive', 'Keep-Alive', 'close', 'CLOSE', 'x, close', ',keep-alive'),
  headers: array(record({ name: token, value }), { maxLength: 4 }),
  order: integer({ min: 0, max: 6 }),
  interim: array(constantFrom(100, 102, 103, 199), { maxLength: 2 }),
  chunks: array(integer({ min: 1, max: 300 }), { maxLength: 5 }),
  extension: constantFrom('', ';a', ';a=b', ';a="b"'),
  trailers: integer({ min: 0, max: 2 }),
  behind: constantFrom('', 'x', '\r\n', 'HTTP/1.1 200 OK\r\n\r\n'),
  step: integer({ min: 1, max: 400 }),
})

type Response = typeof responses extends Arbitrary<infer Value> ? Value : never

/** The bytes of a response, and what they must be read as, both out of one description. */
function written(response: Response): { bytes: Uint8Array; expected: Read } {
  const { answersHead, status, minor, connection } = response
  const framing = minor === 0 && response.framing === 'chunked' ? 'close' : response.framing
  const bodiless = answersHead || status === 204 || status === 304
  const size = response.chunks.reduce((sum, chunk) => sum + chunk, 0)
  const body = bodiless ? { sent: '', meant: '' } : bodyOf(response, framing, size)
  const whole = headOf(response, framing, size) + body.sent
  const untilClose = framing === 'close' && !bodiless
  const closes = /close/i.test(connection) || (minor === 0 && !/keep/i.test(connection))
  return {
    bytes: bytesOf(untilClose ? whole : whole + response.behind),
    expected: {
      end: untilClose ? Infinity : whole.length,
      status,
      body: body.meant,
      keepAlive: !closes && !untilClose,
    },
  }
}

function headOf(response: Response, framing: Response['framing'], size: number): string {
  const { status, reason, minor, connection } = response
  const fields = [
    ...{ length: [`Content-Length: ${size}`], chunked: ['Transfer-Encoding: chunked'], close: [] }[framing],
    ...(connection === '' ? [] : [`Connection: ${connection}`]),
    ...response.headers.map(({ name, value }) => `${name}: ${value}`),
  ]
  const turned = [...fields.slice(response.order), ...fields.slice(0, response.order)]
  const interim = response.interim.map(code => `HTTP/1.1 ${code} Interim\r\nX-Hint: 1\r\n\r\n`)
  const final = [`HTTP/1.${minor} ${status}${reason}`, ...turned, '\r\n'].join('\r\n')
  return minor === 0 ? final : interim.join('') + final
}

function bodyOf(
  { chunks, extension, trailers }: Response,
  framing: string,
  size: number,
): { sent: string; meant: string } {
  if (framing !== 'chunked') return { sent: '\r'.repeat(size), meant: '\r'.repeat(size) }
  const sent = chunks.map(chunk => `${chunk.toString(16)}${extension}\r\n${'\n'.repeat(chunk)}\r\n`)
  return {
    sent: `${sent.join('')}0${extension}\r\n${'X-Trailer: 1\r\n'.repeat(trailers)}\r\n`,
    meant: '\n'.repeat(size),
  }
}

/** As `Read`, from what our parser says of all the bytes and the end of the connection. */
function readByUs(bytes: Uint8Array, answersHead: boolean, step = bytes.length): Read | string {
  const pieces = cutEvery(bytes, Math.max(step, 1))
  const { done, invalid, status, body, keepAlive, left } = parse(pieces, { answersHead })
  if (!done) return invalid ?? 'incomplete'
  const beforeTheEnd = parse(pieces, { answersHead, ends: false }).done
  return {
    end: beforeTheEnd ? bytes.length - left! : Infinity,
    status: status!,
    body: body!,
    keepAlive: keepAlive!,
  }
}

/** Node closes after the answer to a HEAD whose body would have lasted until close; RFC 9112 §6.3 ends it with its head. */
function isCautious(ours: Read, bytes: Uint8Array): boolean {
  const toGet = readByUs(bytes.subarray(0, ours.end), false)
  return typeof toGet !== 'string' && toGet.end === Infinity
}

test('valid responses are read as Node reads them', { timeout: PATIENCE }, async () => {
  await assert(
    asyncProperty(responses, async response => {
      const { bytes, expected } = written(response)
      const { answersHead } = response
      expect(readByUs(bytes, answersHead, response.step)).toEqual(expected)
      const cautious = answersHead && isCautious(expected, bytes)
      expect(await readByNode(cutEvery(bytes, 1), answersHead)).toEqual({
        ...expected,
        keepAlive: expected.keepAlive && !cautious,
      })
    }),
    runs(400),
  )
})

/** How we and Node read the same bytes differently where no table says so; undefined: we do not. */
async function unexplained(text: string, answersHead: boolean): Promise<string | undefined> {
  const bytes = bytesOf(text)
  const ours = readByUs(bytes, answersHead)
  const isIn = (table: readonly { readonly where: RegExp }[]): boolean =>
    table.some(({ where }) => where.test(text))
  // There the very framing is another, and nothing that follows can be compared.
  if (isIn(FRAMED_OTHERWISE)) return undefined
  // Node is given nothing behind what is the response to us, and its last byte apart: it must not be done before.
  const end = typeof ours === 'string' ? bytes.length : Math.min(ours.end, bytes.length)
  const node = await readByNode([bytes.subarray(0, end - 1), bytes.subarray(end - 1, end)], answersHead)
  const both = `to us it is ${JSON.stringify(ours)}, to Node ${JSON.stringify(node)}`
  if (typeof ours === 'string') {
    const known = ONLY_NODE_READS.filter(({ reason }) => reason === ours)
    return node.end === undefined || isIn(known) ? undefined : both
  }
  if (node.refused !== undefined) return isIn(ONLY_WE_READ) ? undefined : both
  const weMayKeep = isIn(ONLY_WE_KEEP) || (answersHead && isCautious(ours, bytes))
  const keepAlive = (ours.keepAlive ? weMayKeep : isIn(ONLY_NODE_KEEPS)) ? node.keepAlive : ours.keepAlive
  return isDeepStrictEqual(node, { ...ours, keepAlive }) ? undefined : both
}

test('mutated responses mean to us what they mean to Node, or nothing', { timeout: PATIENCE }, async () => {
  const texts = oneof({ weight: 4, arbitrary: mutated }, noise)
  const same = asyncProperty(texts, boolean(), async (text, answersHead) => {
    expect(await unexplained(text, answersHead)).toBeUndefined()
  })
  await assert(same, runs(1500))
})

test.each([
  ...COMPLETE.map(({ name, text, answersHead = false }) => [name, text, answersHead] as const),
  ...MALFORMED.map(([name, , text]) => [name, text, false] as const),
])('each of the corpus means to us what it means to Node: %s', async (...[, text, answersHead]) => {
  expect(await unexplained(text, answersHead)).toBeUndefined()
})

describe('a deliberate difference', () => {
  const whole = { end: expect.any(Number), status: expect.any(Number), body: '' }
  const named = <Row extends { name: string; section: string }>(
    table: readonly Row[],
  ): (readonly [string, string, Row])[] => table.map(row => [row.name, row.section, row])

  test.each(named(ONLY_WE_READ))('only we read %s (%s)', async (...[, , { text, where }]) => {
    expect(readByUs(bytesOf(text), false)).toMatchObject(whole)
    expect((await readByNode([bytesOf(text)])).refused).toBeDefined()
    expect(text).toMatch(where)
  })

  test.each(named(ONLY_NODE_READS))('only Node reads %s (%s)', async (...[, , { text, where, reason }]) => {
    expect(readByUs(bytesOf(text), false)).toBe(reason)
    expect((await readByNode([bytesOf(text)])).end).toBeGreaterThan(0)
    expect(text).toMatch(where)
  })

  test.each(named(ONLY_WE_KEEP))(
    'only we keep the connection after %s (%s)',
    async (...[, , { text, where }]) => {
      expect(readByUs(bytesOf(text), false)).toMatchObject({ ...whole, keepAlive: true })
      expect(await readByNode([bytesOf(text)])).toMatchObject({ ...whole, keepAlive: false })
      expect(text).toMatch(where)
    },
  )

  test.each(named(ONLY_NODE_KEEPS))(
    'only Node keeps the connection after %s (%s)',
    async (...[, , { text, where }]) => {
      expect(readByUs(bytesOf(text), false)).toMatchObject({ ...whole, keepAlive: false })
      expect(await readByNode([bytesOf(text)])).toMatchObject({ ...whole, keepAlive: true })
      expect(text).toMatch(where)
    },
  )

  test.each(named(FRAMED_OTHERWISE))('the body differs after %s (%s)', async (...[, , { text, where }]) => {
    expect(readByUs(bytesOf(text), false)).toMatchObject({ end: text.length, body: '' })
    expect(await readByNode([bytesOf(text)])).toMatchObject({ end: Infinity, body: '0\r\n\r\n' })
    expect(text).toMatch(where)
  })
})
