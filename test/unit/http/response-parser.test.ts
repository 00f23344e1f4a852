import { array, assert, constantFrom, integer, oneof, property, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ResponseParser } from '../../../src/http/response-parser.ts'
import type { InvalidReason } from '../../../src/http/response-parser.ts'

interface Outcome {
  readonly done: boolean
  readonly invalid: InvalidReason | undefined
  readonly status: number
  readonly bodyBytes: number
  /** Only told of a complete response. */
  readonly keepAlive?: boolean
  /** Bytes behind the response that were left alone. */
  readonly left?: number
}

/** What a parser makes of a response that comes in these pieces, and then the end of the connection. */
function parse(pieces: readonly Uint8Array[], head = false): Outcome {
  const parser = new ResponseParser()
  parser.begin(head)
  let used = 0
  for (const piece of pieces) used += parser.execute(piece, 0, piece.length)
  const { invalid } = parser
  const done = invalid === undefined && parser.endOfInput()
  const { status, bodyBytes, keepAlive } = parser
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  return { done, invalid, status, bodyBytes, ...(done && { keepAlive, left: length - used }) }
}

const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'))
const bytewise = (bytes: Uint8Array): Uint8Array[] => Array.from(bytes, byte => Uint8Array.of(byte))

const OK = 'HTTP/1.1 200 OK\r\n'
const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`

/** Complete responses: text, status, body bytes, kept alive?, and bytes left over. */
const COMPLETE: readonly [string, string, number, number, boolean, number?][] = [
  ['content-length', `${OK}Content-Length: 5\r\n\r\nhello`, 200, 5, true],
  ['content-length 0', `${OK}Content-Length: 0\r\n\r\n`, 200, 0, true],
  ['lower case and tabs around the value', `${OK}content-length:\t 5 \t\r\n\r\nhello`, 200, 5, true],
  ['no space after the colon', `${OK}Content-Length:5\r\n\r\nhello`, 200, 5, true],
  ['equal lengths twice', `${OK}Content-Length: 2\r\nContent-Length: 2\r\n\r\nhi`, 200, 2, true],
  ['equal lengths in a list', `${OK}Content-Length: 2, 2\r\n\r\nhi`, 200, 2, true],
  ['no reason phrase', 'HTTP/1.1 502 \r\nContent-Length: 0\r\n\r\n', 502, 0, true],
  ['no space after the status', 'HTTP/1.1 502\r\nContent-Length: 0\r\n\r\n', 502, 0, true],
  ['a status nobody has heard of', 'HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n', 999, 0, true],
  ['bytes above 127 in a value', `${OK}X: caf\u00e9\r\nContent-Length: 0\r\n\r\n`, 200, 0, true],
  ['an empty value', `${OK}X:\r\nContent-Length: 0\r\n\r\n`, 200, 0, true],
  [
    'names of the same length as ours',
    `${OK}Content-Lengtt: 9\r\nXonnection: close\r\nContent-Length: 1\r\n\r\nx`,
    200,
    1,
    true,
  ],
  ['Connection: close', `${OK}Connection: close\r\nContent-Length: 1\r\n\r\nx`, 200, 1, false],
  [
    'close among other options',
    `${OK}Connection: foo, CLOSE ,bar\r\nContent-Length: 1\r\n\r\nx`,
    200,
    1,
    false,
  ],
  ['HTTP/1.0 closes', 'HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx', 200, 1, false],
  [
    'HTTP/1.0 with keep-alive',
    'HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 1\r\n\r\nx',
    200,
    1,
    true,
  ],
  ['until close', `${OK}\r\nall of this`, 200, 11, false],
  ['until close, no body at all', `${OK}\r\n`, 200, 0, false],
  ['a coding that is not chunked: until close', `${OK}Transfer-Encoding: gzip\r\n\r\nabc`, 200, 3, false],
  [
    'chunked is not the last coding: until close',
    `${OK}Transfer-Encoding: chunked, gzip\r\n\r\nabc`,
    200,
    3,
    false,
  ],
  ['204 has no body', 'HTTP/1.1 204 No Content\r\n\r\n', 204, 0, true],
  ['204 with a length', 'HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\n', 204, 0, true],
  ['304 with a length', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n', 304, 0, true],
  ['chunked', `${CHUNKED}5\r\nhello\r\n0\r\n\r\n`, 200, 5, true],
  ['chunked, several chunks', `${CHUNKED}1\r\na\r\nA\r\n0123456789\r\n0\r\n\r\n`, 200, 11, true],
  ['chunked, no data', `${CHUNKED}0\r\n\r\n`, 200, 0, true],
  ['chunk data made of line ends', `${CHUNKED}4\r\n\r\n\r\n\r\n0\r\n\r\n`, 200, 4, true],
  [
    'leading zeros and both cases of digits',
    `${CHUNKED}00a\r\n0123456789\r\n0B\r\n0123456789x\r\n000\r\n\r\n`,
    200,
    21,
    true,
  ],
  ['chunk extensions', `${CHUNKED}2;a=b\r\nhi\r\n2 ; c="d;e"\r\nhi\r\n0;last\r\n\r\n`, 200, 4, true],
  ['trailers', `${CHUNKED}2\r\nhi\r\n0\r\nX-Sum: 1\r\nContent-Length: 7\r\n\r\n`, 200, 2, true],
  ['gzip, then chunked', `${OK}Transfer-Encoding: gzip, Chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n`, 200, 1, true],
  [
    'two codings on two lines',
    `${OK}Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    200,
    0,
    true,
  ],
  [
    'an empty element in the list of codings',
    `${OK}Transfer-Encoding: chunked,\r\n\r\n0\r\n\r\n`,
    200,
    0,
    true,
  ],
  ['100 before the answer', `HTTP/1.1 100 Continue\r\n\r\n${OK}Content-Length: 1\r\n\r\nx`, 200, 1, true],
  [
    '103 with headers that do not count',
    `HTTP/1.1 103 Early Hints\r\nLink: x\r\nContent-Length: 5\r\nConnection: close\r\n\r\n${OK}Content-Length: 1\r\n\r\nx`,
    200,
    1,
    true,
  ],
  [
    'several interim answers',
    `${'HTTP/1.1 102 Processing\r\n\r\n'.repeat(3)}HTTP/1.1 204 N\r\n\r\n`,
    204,
    0,
    true,
  ],
  ['bytes behind the answer', `${OK}Content-Length: 1\r\n\r\nxHTTP/1.1 200`, 200, 1, true, 12],
  ['bytes behind a 204', 'HTTP/1.1 204 N\r\n\r\nbody', 204, 0, true, 4],
  ['bytes behind the last chunk', `${CHUNKED}0\r\n\r\n\r\n`, 200, 0, true, 2],
]

/** Bytes that are no response, and why. */
const BROKEN: readonly [string, string, InvalidReason][] = [
  ['garbage', 'SSH-2.0-OpenSSH_9.2\r\n', 'status-line'],
  ['an empty line first', `\r\n${OK}\r\n`, 'status-line'],
  ['another protocol', 'HTTP/2.0 200 OK\r\n', 'status-line'],
  ['lower case', 'http/1.1 200 OK\r\n', 'status-line'],
  ['a status of two digits', 'HTTP/1.1 20 OK\r\n', 'status-line'],
  ['a status of four digits', 'HTTP/1.1 2000 OK\r\n', 'status-line'],
  ['a status below 100', 'HTTP/1.1 099 OK\r\n', 'status-line'],
  ['no status', 'HTTP/1.1 OK\r\n', 'status-line'],
  ['two spaces', 'HTTP/1.1  200 OK\r\n', 'status-line'],
  ['a bare LF after the status line', 'HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n', 'bare-line-feed'],
  ['a bare LF in the head', `${OK}A: b\nContent-Length: 0\r\n\r\n`, 'bare-line-feed'],
  ['a bare LF as the end of the head', `${OK}Content-Length: 0\r\n\n`, 'bare-line-feed'],
  ['a bare CR in a value', `${OK}A: b\rC: d\r\n\r\n`, 'header-line'],
  ['NUL in a value', `${OK}A: b\0c\r\n\r\n`, 'header-line'],
  ['NUL in a name', `${OK}A\0: b\r\n\r\n`, 'header-line'],
  ['DEL in a value', `${OK}A: \x7f\r\n\r\n`, 'header-line'],
  ['no colon', `${OK}Content-Length\r\n\r\n`, 'header-line'],
  ['no name', `${OK}: x\r\n\r\n`, 'header-line'],
  ['a space before the colon', `${OK}Content-Length : 5\r\n\r\n`, 'header-line'],
  ['a folded line', `${OK}A: b\r\n c\r\n\r\n`, 'header-line'],
  ['a name with bytes above 127', `${OK}caf\u00e9: b\r\n\r\n`, 'header-line'],
  ['different lengths', `${OK}Content-Length: 2\r\nContent-Length: 3\r\n\r\n`, 'conflicting-lengths'],
  ['different lengths in a list', `${OK}Content-Length: 2, 3\r\n\r\n`, 'conflicting-lengths'],
  [
    'chunked with a length',
    `${OK}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n`,
    'conflicting-lengths',
  ],
  ['a length with a sign', `${OK}Content-Length: +5\r\n\r\n`, 'content-length'],
  ['a negative length', `${OK}Content-Length: -5\r\n\r\n`, 'content-length'],
  ['an empty length', `${OK}Content-Length:\r\n\r\n`, 'content-length'],
  ['a length that is only a space', `${OK}Content-Length: \r\n\r\n`, 'content-length'],
  ['a hexadecimal length', `${OK}Content-Length: 0x5\r\n\r\n`, 'content-length'],
  ['a length with a fraction', `${OK}Content-Length: 5.0\r\n\r\n`, 'content-length'],
  ['a length in two words', `${OK}Content-Length: 5 5\r\n\r\n`, 'content-length'],
  ['an endless length', `${OK}Content-Length: 99999999999999999999\r\n\r\n`, 'content-length'],
  ['a chunk size that is none', `${CHUNKED}xyz\r\n`, 'chunk-size'],
  ['an empty chunk size', `${CHUNKED}\r\n`, 'chunk-size'],
  ['a chunk size with a prefix', `${CHUNKED}0x5\r\n`, 'chunk-size'],
  ['a chunk size with a sign', `${CHUNKED}-5\r\n`, 'chunk-size'],
  ['a chunk size with leading space', `${CHUNKED} 5\r\n`, 'chunk-size'],
  ['a chunk size with something behind it', `${CHUNKED}5 5\r\n`, 'chunk-size'],
  ['an endless chunk size', `${CHUNKED}ffffffffffffffffff\r\n`, 'chunk-size'],
  ['a bare LF after a chunk size', `${CHUNKED}5\nhello\r\n`, 'bare-line-feed'],
  ['a chunk longer than its size', `${CHUNKED}2\r\nhello\r\n`, 'chunk-end'],
  [
    '101 to a request that asked for nothing of the kind',
    'HTTP/1.1 101 Switching Protocols\r\n\r\n',
    'unexpected-upgrade',
  ],
]

describe('a complete response', () => {
  test.each(COMPLETE)('%s', (...[, text, status, bodyBytes, keepAlive, left = 0]) => {
    expect(parse([bytesOf(text)])).toEqual({
      done: true,
      invalid: undefined,
      status,
      bodyBytes,
      keepAlive,
      left,
    })
  })
})

describe('no response', () => {
  test.each(BROKEN)('%s', (_, text, reason) => {
    expect(parse([bytesOf(text)])).toMatchObject({ done: false, invalid: reason })
  })
})

test.each([...COMPLETE, ...BROKEN].map(([name, text]) => [name, text] as const))(
  'cut anywhere it is the same: %s',
  (_, text) => {
    const bytes = bytesOf(text)
    const whole = parse([bytes])
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      expect(parse([bytes.subarray(0, cut), bytes.subarray(cut)]), `cut at ${cut}`).toEqual(whole)
    }
    expect(parse(bytewise(bytes)), 'byte by byte').toEqual(whole)
  },
)

test.each(COMPLETE.filter(([name]) => !name.startsWith('until close') && !name.includes('until close')))(
  'is not done before its last byte: %s',
  (...[, text, , , , left = 0]) => {
    const bytes = bytesOf(text)
    for (let length = 0; length < bytes.length - left; length += 1) {
      const { done, invalid } = parse([bytes.subarray(0, length)])
      expect({ done, invalid, length }).toEqual({ done: false, invalid: undefined, length })
    }
  },
)

describe('the answer to HEAD', () => {
  test.each([
    ['a length', `${OK}Content-Length: 1000\r\n\r\n`],
    ['chunked', CHUNKED],
    ['nothing', `${OK}\r\n`],
  ])('ends with its head, whatever it says of a body: %s', (_, text) => {
    for (const pieces of [[bytesOf(text)], bytewise(bytesOf(text))]) {
      expect(parse(pieces, true)).toMatchObject({ done: true, bodyBytes: 0, keepAlive: true, left: 0 })
    }
  })
})

test.each(COMPLETE)(
  'a parser that has met everything reads on as if new: %s',
  (...[, text, status, bodyBytes]) => {
    const parser = new ResponseParser()
    for (const [, before] of [...COMPLETE, ...BROKEN]) {
      parser.begin(false)
      parser.execute(bytesOf(before), 0, before.length)
      parser.begin(false)
      expect(parser.started).toBe(false)
      parser.execute(bytesOf(text), 0, text.length)
      parser.endOfInput()
      expect([parser.status, parser.bodyBytes, parser.done]).toEqual([status, bodyBytes, true])
    }
  },
)

test('it has started with its first byte', () => {
  const parser = new ResponseParser()
  parser.begin(false)
  parser.execute(bytesOf('H'), 0, 1)
  expect(parser.started).toBe(true)
})

test('only the bytes from `from` to `to` are looked at', () => {
  const parser = new ResponseParser()
  parser.begin(false)
  const bytes = bytesOf(`xx${OK}Content-Length: 1\r\n\r\nxyy`)
  expect(parser.execute(bytes, 2, bytes.length - 2)).toBe(bytes.length - 2)
  expect(parser).toMatchObject({ done: true, bodyBytes: 1 })
})

describe('64 kB are enough for a head, and no more are kept', () => {
  const filled = (size: number): string => {
    const frame = `${OK}A: \r\nContent-Length: 0\r\n\r\n`
    return frame.replace('A: ', `A: ${'x'.repeat(size - frame.length)}`)
  }

  test.each([
    ['exactly 64 kB', 65_536, undefined],
    ['one byte more', 65_537, 'head-too-large'],
  ])('%s', (_, size, invalid) => {
    const bytes = bytesOf(filled(size))
    expect(bytes).toHaveLength(size)
    expect(parse([bytes]).invalid).toBe(invalid)
    expect(parse(bytewise(bytes)).invalid).toBe(invalid)
    expect(parse([bytes.subarray(0, 40_000), bytes.subarray(40_000)]).invalid).toBe(invalid)
  })

  test.each([
    ['a status line', 'HTTP/1.1 200 ', 'x'],
    ['a header', `${OK}A: `, 'x'],
    ['headers', OK, 'A: b\r\n'],
    ['a long connection header', `${OK}Connection: `, 'x, '],
    ['a chunk size', CHUNKED, '0'],
    ['a chunk extension', `${CHUNKED}5;`, 'x'],
    ['what should be the end of a chunk', `${CHUNKED}1\r\na`, 'x'],
    ['trailers', `${CHUNKED}0\r\n`, 'A: b\r\n'],
  ])('%s without an end is given up', (_, start, repeated) => {
    const parser = new ResponseParser()
    parser.begin(false)
    const first = bytesOf(start)
    const more = bytesOf(repeated.repeat(Math.ceil(1000 / repeated.length)))
    parser.execute(first, 0, first.length)
    let fed = first.length
    for (; parser.invalid === undefined && fed < 200_000; fed += more.length)
      parser.execute(more, 0, more.length)
    expect(parser.invalid).toBeDefined()
    expect(fed).toBeLessThan(65_536 + 3000)
  })

  test('a header of 60 kB that has a meaning is read', () => {
    const text = `${OK}Connection: ${'x, '.repeat(20_000)}close\r\nContent-Length: 0\r\n\r\n`
    expect(parse([bytesOf(text)])).toMatchObject({ done: true, keepAlive: false })
  })

  test('bodies are not limited', () => {
    const parser = new ResponseParser()
    parser.begin(false)
    const head = bytesOf(`${OK}Content-Length: 100000000\r\n\r\n`)
    parser.execute(head, 0, head.length)
    const megabyte = new Uint8Array(1e6)
    for (let i = 0; i < 100; i += 1) expect(parser.execute(megabyte, 0, 1e6)).toBe(1e6)
    expect(parser).toMatchObject({ done: true, bodyBytes: 1e8 })
  })
})

describe('any bytes', () => {
  const fragments = constantFrom(
    'HTTP/1.1 200 OK\r\n',
    'HTTP/1.0 200\r\n',
    'HTTP/1.1 100\r\n\r\n',
    'HTTP/1.1 204 \r\n',
    '\r\n',
    '\n',
    '\r',
    '0\r\n',
    '5\r\nhello\r\n',
    'Content-Length: 3\r\n',
    'Content-Length: ',
    'Transfer-Encoding: chunked\r\n',
    'Connection: close\r\n',
    'abc',
    ';',
    ':',
    ' ',
    '\0',
    'ffffffff',
    '\xff',
  )
  const pieces = array(oneof(uint8Array({ maxLength: 20 }), fragments.map(bytesOf)), { maxLength: 20 })

  test('never throw, never stall, and mean the same in any pieces', () => {
    assert(
      property(pieces, integer({ min: 1, max: 7 }), (pieces, step) => {
        const bytes = Uint8Array.from(Buffer.concat(pieces))
        const whole = parse([bytes])
        expect(parse(bytewise(bytes))).toEqual(whole)
        expect(parse(pieces)).toEqual(whole)
        const steps = Array.from({ length: Math.ceil(bytes.length / step) }, (_, i) =>
          bytes.subarray(i * step, (i + 1) * step),
        )
        expect(parse(steps)).toEqual(whole)
      }),
      { numRuns: 1000 },
    )
  })

  test('are used up unless the response is done or invalid', () => {
    assert(
      property(pieces, pieces => {
        const parser = new ResponseParser()
        parser.begin(false)
        for (const piece of pieces) {
          const used = parser.execute(piece, 0, piece.length)
          const stopped = parser.done || parser.invalid !== undefined
          expect(used === piece.length || stopped).toBe(true)
          expect(parser.done && parser.invalid !== undefined).toBe(false)
        }
      }),
    )
  })
})
