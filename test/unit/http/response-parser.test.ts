import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { INVALID_REASONS } from '../../../src/http/invalid-reason.ts'
import { ResponseParser } from '../../../src/http/response-parser.ts'
import { CHUNKED, COMPLETE, FRAMED, OK } from './corpus/complete-responses.ts'
import { MALFORMED } from './corpus/malformed-responses.ts'
import { bytesOf, cutEvery, parse } from './corpus/parse-pieces.ts'

const complete = COMPLETE.map(response => [response.name, response.section, response] as const)
const framed = FRAMED.map(response => [response.name, response] as const)
/** Everything that a parser may have had to do with before, whole and broken off in the middle. */
const BEFORE = [...COMPLETE.map(({ text }) => text), ...MALFORMED.map(([, , text]) => text)]
  .map(bytesOf)
  .flatMap(bytes => [bytes, bytes.subarray(0, bytes.length >> 1)])
const malformed = MALFORMED.map(([name, section, text, reason]) => [name, section, { text, reason }] as const)

describe('a complete response', () => {
  test.each(complete)('%s (%s)', (...[, , response]) => {
    const { text, body = '', status, keepAlive, left = '', answersHead = false } = response
    expect(parse([bytesOf(text)], { answersHead })).toEqual({
      done: true,
      invalid: undefined,
      status,
      bodyBytes: body.length,
      body,
      keepAlive,
      left: left.length,
    })
  })
})

describe('no response', () => {
  test.each(malformed)('%s (%s)', (...[, , { text, reason }]) => {
    expect(parse([bytesOf(text)])).toEqual({ done: false, invalid: reason })
  })

  test('each reason is met in the corpus, and explained where outcomes are', () => {
    const met = new Set(MALFORMED.map(([, , , reason]) => reason))
    expect([...met].sort()).toEqual([...INVALID_REASONS].sort())
    const page = readFileSync(new URL('../../../docs/report.md', import.meta.url), 'utf8')
    const explained = [...page.matchAll(/^\| `([a-z-]+)` \|.*RFC \d+ §/gm)].map(([, reason]) => reason)
    expect(explained).toEqual([...INVALID_REASONS])
  })
})

test.each([...complete, ...malformed])('cut anywhere it is the same: %s (%s)', (...[, , response]) => {
  const bytes = bytesOf(response.text)
  const options = { answersHead: 'status' in response && (response.answersHead ?? false) }
  const whole = parse([bytes], options)
  // Long ones are nearly all filler.
  for (let cut = 0; cut <= bytes.length; cut += bytes.length < 2000 ? 1 : 9973) {
    const pieces = [bytes.subarray(0, cut), bytes.subarray(cut)]
    expect(parse(pieces, options), `cut at ${cut}`).toEqual(whole)
  }
  expect(parse(cutEvery(bytes, 1), options), 'byte by byte').toEqual(whole)
})

test.each(framed)('closed at any byte of it, it is not done: %s', (...[, response]) => {
  const { text, left = '', answersHead = false } = response
  const bytes = bytesOf(text)
  for (let length = 0; length < bytes.length - left.length; length += 1) {
    const untilThere = parse([bytes.subarray(0, length)], { answersHead })
    expect(untilThere, `closed after ${length}`).toEqual({ done: false, invalid: undefined })
  }
})

test.each(framed)(
  'it is done with its last byte, without the connection being closed: %s',
  (...[, response]) => {
    const { text, answersHead = false } = response
    expect(parse([bytesOf(text)], { answersHead, ends: false }).done).toBe(true)
  },
)

test.each(complete)('a parser that has met everything reads on as if new: %s', (...[, , response]) => {
  const parser = new ResponseParser()
  const bytes = bytesOf(response.text)
  for (const before of BEFORE) {
    parser.begin(false)
    parser.execute(before, 0, before.length)
    parser.begin(response.answersHead ?? false)
    expect(parser.started).toBe(false)
    parser.execute(bytes, 0, bytes.length)
    parser.endOfInput()
    const { status, bodyBytes, keepAlive, done, invalid } = parser
    expect([status, bodyBytes, keepAlive, done, invalid]).toEqual([
      response.status,
      response.body?.length ?? 0,
      response.keepAlive,
      true,
      undefined,
    ])
  }
})

test('it has started with its first byte, and still has after an interim answer', () => {
  const parser = new ResponseParser()
  parser.begin(false)
  const bytes = bytesOf('HTTP/1.1 100 Continue\r\n\r\n')
  for (let at = 0; at < bytes.length; at += 1) {
    parser.execute(bytes, at, at + 1)
    expect(parser.started).toBe(true)
  }
})

test('only the bytes from `from` to `to` are looked at', () => {
  const parser = new ResponseParser()
  parser.begin(false)
  const bytes = bytesOf(`xx${OK}Content-Length: 1\r\n\r\nxyy`)
  expect(parser.execute(bytes, 2, bytes.length - 2)).toBe(bytes.length - 2)
  expect(parser).toMatchObject({ done: true, bodyBytes: 1 })
})

test('garbage is known by its first wrong byte, without the end of a line', () => {
  for (const [text, reason] of [
    ['\0', 'not-http'],
    ['HTTQ', 'not-http'],
    ['HTTP/2', 'http-version'],
    [`${CHUNKED}1\r\nxy`, 'chunk-end'],
  ] as const)
    expect(parse(cutEvery(bytesOf(text), 1), { ends: false }).invalid).toBe(reason)
})

describe('64 kB are enough for a head', () => {
  const filled = (size: number, start: string, end: string): Uint8Array =>
    bytesOf(start + 'x'.repeat(size - start.length - end.length) + end)

  test.each([
    ['head', `${OK}A: `, `\r\nContent-Length: 0\r\n\r\n`, 'head-too-large'],
    ['head of one line', 'HTTP/1.1 204 ', '\r\n\r\n', 'head-too-large'],
    ['interim head', 'HTTP/1.1 100 ', '\r\n\r\nHTTP/1.1 204 N\r\n\r\n', 'head-too-large'],
    ['chunk line', `0;`, '\r\n\r\n', 'chunk-line-too-long'],
    ['section of trailers', `A: `, '\r\nB: c\r\n\r\n', 'trailers-too-large'],
  ] as const)('of a %s 65,536 bytes are read, and not one more', (_, start, end, reason) => {
    const before = { 'chunk-line-too-long': CHUNKED, 'trailers-too-large': `${CHUNKED}0\r\n` }
    const lead = bytesOf(reason === 'head-too-large' ? '' : before[reason])
    // What stands behind the line or section that is as long as may be.
    const behind = { 'HTTP/1.1 100 ': 18, '0;': 2 }[start as string] ?? 0
    for (const [size, invalid] of [
      [65_536 + behind, undefined],
      [65_537 + behind, reason],
    ] as const) {
      const bytes = filled(size, start, end)
      expect(bytes).toHaveLength(size)
      for (const step of [1, 7, 40_000, size])
        expect(parse([lead, ...cutEvery(bytes, step)])).toMatchObject({
          done: invalid === undefined,
          invalid,
        })
    }
  })

  test('a header of 60 kB that has a meaning is read', () => {
    const text = `${OK}Connection: ${'x, '.repeat(20_000)}close\r\nContent-Length: 0\r\n\r\n`
    expect(parse([bytesOf(text)])).toMatchObject({ done: true, keepAlive: false })
  })
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
