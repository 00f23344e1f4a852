import { array, assert, boolean, integer, nat, oneof, property, record, tuple, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HeadMemory } from '../../../src/http/head-memory.ts'
import { LineCarry } from '../../../src/http/line-carry.ts'
import { ResponseParser } from '../../../src/http/response-parser.ts'
import { CHUNKED, COMPLETE, OK } from './corpus/complete-responses.ts'
import { PATIENCE, mutated, noise, pieces, runs } from './corpus/mutated-responses.ts'
import { bytesOf, cutEvery, parse } from './corpus/parse-pieces.ts'

const texts = oneof({ weight: 4, arbitrary: mutated }, noise)

describe('any bytes', { timeout: PATIENCE }, () => {
  test('mean the same in any pieces', () => {
    assert(
      property(pieces(texts), integer({ min: 1, max: 7 }), boolean(), (pieces, step, answersHead) => {
        const bytes = new Uint8Array(Buffer.concat(pieces))
        const whole = parse([bytes], { answersHead })
        expect(parse(pieces, { answersHead })).toEqual(whole)
        expect(parse(cutEvery(bytes, step), { answersHead })).toEqual(whole)
      }),
      runs(3000),
    )
  })

  test('are used up unless the response is done or invalid, and never both', () => {
    assert(
      property(pieces(texts), boolean(), (pieces, answersHead) => {
        const parser = new ResponseParser()
        parser.begin(answersHead)
        let stopped = false
        for (const piece of pieces) {
          const used = parser.execute(piece, 0, piece.length)
          // Once it has stopped it takes nothing more, whatever comes.
          expect(used).toBeLessThanOrEqual(stopped ? 0 : piece.length)
          stopped = parser.done || parser.invalid !== undefined
          expect(used === piece.length || stopped).toBe(true)
          expect(parser.done && parser.invalid !== undefined).toBe(false)
        }
        expect(parser.endOfInput() && parser.invalid !== undefined).toBe(false)
      }),
      runs(1000),
    )
  })
})

describe('a memory of the last head', { timeout: PATIENCE }, () => {
  const exchanges = tuple(
    array(pieces(texts), { minLength: 1, maxLength: 4 }),
    array(record({ which: nat(), answersHead: boolean(), at: integer({ min: 0, max: 9 }) }), {
      maxLength: 12,
    }),
  )

  test('changes nothing in what is read', () => {
    assert(
      property(exchanges, ([responses, order]) => {
        const memory = new HeadMemory()
        const buffer = new Uint8Array(4096)
        for (const { which, answersHead, at } of order) {
          const pieces = responses[which % responses.length]!
          // In one buffer and at any place, as out of a socket, so that heads are compared in words and in bytes.
          const placed = pieces.map(piece => new Uint8Array(piece))
          if (pieces[0]!.length < buffer.length - at) {
            buffer.set(pieces[0]!, at)
            placed[0] = buffer.subarray(at, at + pieces[0]!.length)
          }
          expect(parse(placed, { answersHead, memory })).toEqual(parse(pieces, { answersHead }))
        }
      }),
      runs(2000),
    )
  })

  const response = (head: string): Uint8Array => bytesOf(`${OK}${head}Content-Length: 1\r\n\r\nx`)
  const readWith = (memory: HeadMemory, bytes: Uint8Array): boolean => {
    const remembered = memory.matches(bytes, 0, bytes.length)
    expect(parse([bytes], { memory })).toEqual(parse([bytes]))
    return remembered
  }

  test('knows a head again that came before, and forgets it for another', () => {
    const memory = new HeadMemory()
    const [one, other] = [response('A: 1\r\n'), response('A: 2\r\n')]
    expect([one, one, other, one, one].map(bytes => readWith(memory, bytes))).toEqual([
      false,
      true,
      false,
      false,
      true,
    ])
  })

  test('takes no other head for it, wherever in the head and in the buffer the one byte lies that differs', () => {
    const head = bytesOf(`${OK}A: 12345\r\nContent-Length: 0\r\n\r\n`)
    for (const offset of [0, 1, 2, 3]) {
      const memory = new HeadMemory()
      const buffer = new Uint8Array(100)
      const placed = buffer.subarray(offset, offset + head.length)
      placed.set(head)
      parse([placed], { memory })
      expect(memory.matches(buffer, offset, 100)).toBe(true)
      expect(memory.matches(buffer, offset, offset + head.length - 1)).toBe(false)
      for (let at = 0; at < head.length; at += 1) {
        placed[at]! ^= 1
        expect(memory.matches(buffer, offset, 100)).toBe(false)
        placed[at]! ^= 1
      }
      expect(memory.matches(buffer, offset, 100)).toBe(true)
    }
  })

  test('says of every response of the corpus the same, however often it comes', () => {
    for (const { text, answersHead = false } of COMPLETE) {
      const memory = new HeadMemory()
      const bytes = bytesOf(text)
      for (let i = 0; i < 3; i += 1)
        expect(parse([bytes], { answersHead, memory })).toEqual(parse([bytes], { answersHead }))
    }
  })

  test('belongs to the start of a response only', () => {
    const memory = new HeadMemory()
    const head = bytesOf('HTTP/1.1 204 N\r\nConnection: keep-alive\r\n\r\n')
    expect(readWith(memory, head)).toBe(false)
    const close = bytesOf('HTTP/1.1 103 E\r\nConnection: close\r\n\r\n')
    for (const pieces of [
      [head, head],
      [bytesOf('HTTP/1.1 20'), head],
      [head.subarray(0, 20), head],
      [close, head],
    ])
      expect(parse(pieces, { memory })).toEqual(parse(pieces))
    expect(readWith(memory, head)).toBe(true)
  })

  test.each([
    ['an interim answer came before it', bytesOf(`HTTP/1.1 103 E\r\nConnection: close\r\n\r\n${OK}\r\n`)],
    ['it is larger than 2 kB', response(`A: ${'x'.repeat(2048)}\r\n`)],
    ['it is invalid', bytesOf(`${OK}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`)],
  ])('keeps no head when %s', (_, bytes) => {
    const memory = new HeadMemory()
    expect([readWith(memory, bytes), readWith(memory, bytes), memory.length]).toEqual([false, false, 0])
  })

  test('keeps no head that came in several pieces', () => {
    const bytes = response('A: 1\r\n')
    for (let cut = 1; cut < bytes.length - 1; cut += 1) {
      const memory = new HeadMemory()
      parse([bytes.subarray(0, cut), bytes.subarray(cut)], { memory })
      expect(memory.length).toBe(0)
    }
  })

  test('is not given up where each of many heads comes three times', () => {
    const memory = new HeadMemory()
    const remembered = Array.from({ length: 300 }, (_, i) =>
      readWith(memory, response(`A: ${Math.floor(i / 3)}\r\n`)),
    )
    expect(remembered.filter(Boolean)).toHaveLength(200)
  })

  test('is soon of use again where heads began to repeat after a thousand that did not', () => {
    const memory = new HeadMemory()
    for (let i = 0; i < 1000; i += 1) readWith(memory, response(`A: ${i}\r\n`))
    const repeated = Array.from({ length: 200 }, () => readWith(memory, response('A: same\r\n')))
    expect(repeated.filter(Boolean).length).toBeGreaterThan(100)
  })
})

test('the room for a line is never larger than its limit', () => {
  assert(
    property(array(uint8Array({ maxLength: 40 })), takes => {
      const limit = takes.reduce((sum, { length }) => sum + length, 0)
      const carry = new LineCarry(limit)
      for (const bytes of takes) carry.take(bytes, 0, bytes.length)
      expect(carry.bytes.length).toBeLessThanOrEqual(limit)
      expect(Buffer.from(carry.bytes.subarray(0, carry.length))).toEqual(Buffer.concat(takes))
    }),
  )
})

test('no more than 64 kB are kept of a line without end, in whatever pieces it comes', () => {
  const lines = (
    [
      ['HTTP/1.1 200 ', 'x'],
      [OK, 'x'],
      [`${OK}Connection: `, 'x, '],
      [CHUNKED, '0'],
      [`${CHUNKED}5;`, 'x'],
      [`${CHUNKED}0\r\n`, 'x'],
    ] as const
  ).map(([start, filler]) => bytesOf(start + filler.repeat(1e6 / filler.length)))
  const parsers: ResponseParser[] = []
  const before = process.memoryUsage().arrayBuffers
  for (const bytes of lines)
    for (const step of [1000, 40_000, 50_001, 65_519, 1e6]) {
      const parser = new ResponseParser()
      parsers.push(parser)
      parser.begin(false)
      for (let at = 0; at < bytes.length; at += step)
        parser.execute(bytes, at, Math.min(at + step, bytes.length))
      expect(parser.invalid).toMatch(/-too-(large|long)$/)
    }
  // What was given up while lines grew by doubling is at most twice as much again, if none of it was collected yet.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(parsers.length * 3 * 65_536)
})
