import type { HeadMemory } from '../../../../src/http/head-memory.ts'
import type { InvalidReason } from '../../../../src/http/invalid-reason.ts'
import { ResponseParser } from '../../../../src/http/response-parser.ts'
import { SampleTap } from '../../../../src/http/sample-tap.ts'

/** All that a parser says of a response; what it says of half a one does not matter. */
export interface Parsed {
  readonly done: boolean
  readonly invalid: InvalidReason | undefined
  readonly status?: number
  readonly bodyBytes?: number
  readonly body?: string
  readonly keepAlive?: boolean
  /** How many bytes behind the response were left alone. */
  readonly left?: number
}

export interface ParseOptions {
  readonly answersHead?: boolean
  readonly memory?: HeadMemory
  /** Does the connection end after the pieces? It does. */
  readonly ends?: boolean
}

/** What a parser makes of a response that comes in these pieces, with the start of its body. */
export function parse(pieces: readonly Uint8Array[], options: ParseOptions = {}): Parsed {
  const parser = new ResponseParser()
  parser.begin(options.answersHead ?? false, options.memory)
  const tap = new SampleTap()
  parser.capture = tap
  let used = 0
  let length = 0
  for (const piece of pieces) {
    used += parser.execute(piece, 0, piece.length)
    length += piece.length
  }
  const { invalid } = parser
  const done = invalid === undefined && ((options.ends ?? true) ? parser.endOfInput() : parser.done)
  if (!done) return { done, invalid }
  const { status, bodyBytes, keepAlive } = parser
  return { done, invalid, status, bodyBytes, body: tap.body, keepAlive, left: length - used }
}

/** Each character is one byte. */
export const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))

/** Cut into pieces of so many bytes. */
export const cutEvery = (bytes: Uint8Array, step: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / step) }, (_, i) => bytes.subarray(i * step, (i + 1) * step))
