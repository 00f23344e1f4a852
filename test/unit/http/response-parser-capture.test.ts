import { assert, boolean, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HeadMemory } from '../../../src/http/head-memory.ts'
import { ResponseParser } from '../../../src/http/response-parser.ts'
import { SAMPLE_BYTES, SampleTap } from '../../../src/http/sample-tap.ts'
import { CHUNKED, COMPLETE, OK } from './corpus/complete-responses.ts'
import { PATIENCE, mutated, pieces, runs } from './corpus/mutated-responses.ts'
import { bytesOf, cutEvery, parse } from './corpus/parse-pieces.ts'

interface CaptureOptions {
  readonly answersHead?: boolean
  readonly limit?: number
  readonly memory?: HeadMemory | undefined
}

/** What a tap has after these pieces. */
function captured(
  pieces: readonly Uint8Array[],
  { answersHead = false, limit = SAMPLE_BYTES, memory }: CaptureOptions = {},
): SampleTap {
  const parser = new ResponseParser()
  parser.begin(answersHead, memory)
  const tap = new SampleTap(limit)
  parser.capture = tap
  for (const piece of pieces) parser.execute(piece, 0, piece.length)
  return tap
}

describe('a tap has the head as it came, and the body without its chunk sizes', () => {
  test.each([
    ['a length', `${OK}Content-Length: 5\r\n\r\nhello and more`, `${OK}Content-Length: 5\r\n\r\n`, 'hello'],
    ['until close', `${OK}\r\nall of this`, `${OK}\r\n`, 'all of this'],
    ['chunked', `${CHUNKED}2;a=b\r\nhe\r\n3\r\nllo\r\n0\r\nX-Sum: 1\r\n\r\n`, CHUNKED, 'hello'],
    ['an interim answer first', `HTTP/1.1 103 E\r\nLink: x\r\n\r\n${OK}\r\nhi`, `${OK}\r\n`, 'hi'],
    ['only an interim answer so far', 'HTTP/1.1 103 E\r\n\r\n', 'HTTP/1.1 103 E\r\n\r\n', ''],
    ['a head that is cut short', `${OK}Content-Le`, `${OK}Content-Le`, ''],
    ['a broken head', `${OK}A : b\r\nC: d\r\n\r\n`, `${OK}A : b\r\n`, ''],
    ['a broken chunk', `${CHUNKED}2\r\nhello`, CHUNKED, 'he'],
  ])('%s', (_, text, head, body) => {
    for (const step of [1, 2, 7, 1000]) {
      const tap = captured(cutEvery(bytesOf(text), step))
      expect([tap.text, tap.body]).toEqual([head + body, body])
    }
  })

  test.each(COMPLETE.map(response => [response.name, response] as const))('%s', (_, response) => {
    const { text, answersHead = false, body = '', left = '' } = response
    const tap = captured([bytesOf(text)], { answersHead })
    expect(tap.body).toBe(body)
    const head = tap.text.slice(0, tap.text.length - body.length)
    expect(text.slice(0, text.length - left.length)).toContain(head)
    expect(head).toMatch(/^HTTP\/1.*\r\n\r\n$/s)
  })

  test('also where the head is remembered', () => {
    const memory = new HeadMemory()
    const interim = bytesOf('HTTP/1.1 103 E\r\n\r\n')
    const final = bytesOf(`${OK}Content-Length: 2\r\n\r\nhi`)
    for (const pieces of [[final], [final], [interim, final]])
      expect(captured(pieces, { memory }).text).toBe(`${OK}Content-Length: 2\r\n\r\nhi`)
    expect(memory.matches(final, 0, final.length)).toBe(true)
  })

  test('no more of both than its limit', () => {
    const text = `${OK}Content-Length: 10\r\n\r\n0123456789`
    const head = text.length - 10
    expect(captured(cutEvery(bytesOf(text), 3), { limit: head + 4 }).body).toBe('0123')
    expect(captured(cutEvery(bytesOf(text), 3), { limit: 8 })).toMatchObject({ text: 'HTTP/1.1', body: '' })
    expect(captured([bytesOf(OK), bytesOf(`A: ${'x'.repeat(9000)}`)]).text).toHaveLength(4096)
  })
})

test('a tap has the same in any pieces', { timeout: PATIENCE }, () => {
  assert(
    property(pieces(mutated), boolean(), (pieces, answersHead) => {
      const bytes = new Uint8Array(Buffer.concat(pieces))
      const [one, many] = [captured([bytes], { answersHead }), captured(pieces, { answersHead })]
      // What is invalid is shown up to the end of the line or of the piece in which it was seen to be.
      const { invalid } = parse([bytes], { answersHead })
      const [shorter, longer] = [one.text, many.text].sort((a, b) => a.length - b.length)
      expect(invalid === undefined ? longer : longer!.slice(0, shorter!.length)).toBe(shorter)
      expect(many.body).toBe(one.body)
    }),
    runs(500),
  )
})

describe('a tap that is put on late', () => {
  test('has what came before, for whoever still has it', { timeout: PATIENCE }, () => {
    assert(
      property(mutated, integer({ min: 0, max: 1500 }), boolean(), (text, at, answersHead) => {
        const bytes = bytesOf(text)
        const cut = at % (bytes.length + 1)
        const parser = new ResponseParser()
        parser.begin(answersHead)
        const used = parser.execute(bytes, 0, cut)
        parser.captureAfter(bytes, 0, used)
        if (used === cut) parser.execute(bytes, cut, bytes.length)
        const early = captured([bytes.subarray(0, cut), bytes.subarray(cut)], { answersHead })
        expect([parser.capture!.text, parser.capture!.body]).toEqual([early.text, early.body])
      }),
      runs(500),
    )
  })

  test('is taken off by the next response', () => {
    const parser = new ResponseParser()
    parser.begin(false)
    parser.captureAfter(new Uint8Array(), 0, 0)
    expect(parser.capture).toBeDefined()
    parser.begin(false)
    expect(parser.capture).toBeUndefined()
  })
})
