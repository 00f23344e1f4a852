import { array, constantFrom, integer, oneof, record, tuple, uint8Array } from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { COMPLETE } from './complete-responses.ts'
import { MALFORMED } from './malformed-responses.ts'
import { bytesOf } from './parse-pieces.ts'

const USUAL_BYTES = 1500

const whole = [...COMPLETE.map(({ text }) => text), ...MALFORMED.map(([, , text]) => text)]
const texts = whole.filter(({ length }) => length < USUAL_BYTES)

/** Parts that mean something, to be put where they mean something else. */
const FRAGMENTS = [
  'HTTP/1.1 200 OK\r\n',
  'HTTP/1.0 200\r\n',
  'HTTP/1.1 100\r\n\r\n',
  'HTTP/1.1 204 \r\n',
  'Content-Length: 3\r\n',
  'Content-Length: ',
  'Transfer-Encoding: chunked\r\n',
  'Transfer-Encoding: gzip\r\n',
  'Connection: close\r\n',
  'Connection: keep-alive\r\n',
  'Proxy-Connection: close\r\n',
  '\r\n\r\n',
  '\r\n',
  '\n',
  '\r',
  '0\r\n',
  '0\r\n\r\n',
  '5\r\nhello\r\n',
  'abc',
  'ffffffff',
  '1000',
  ...Array.from(';:, \t\0"=-+x1\x7f\xa0\xff'),
]

/** Puts `filler` in place of a share of the text. */
interface Splice {
  readonly at: number
  readonly removed: number
  readonly filler: string
}

const position = integer({ min: 0, max: USUAL_BYTES })
const splices: Arbitrary<Splice> = record({
  at: position,
  removed: oneof(integer({ min: 0, max: 2 }), integer({ min: 0, max: 40 })),
  filler: oneof(
    constantFrom('', ...FRAGMENTS),
    uint8Array({ maxLength: 3 }).map(bytes => Buffer.from(bytes).toString('latin1')),
    // Another place of the corpus, so that lines are doubled and heads get other bodies.
    tuple(constantFrom(...texts), position, integer({ min: 0, max: 60 })).map(([text, at, length]) =>
      text.slice(at % (text.length + 1)).slice(0, length),
    ),
  ),
})

const spliced = (text: string, { at, removed, filler }: Splice): string => {
  const from = at % (text.length + 1)
  return text.slice(0, from) + filler + text.slice(from + removed)
}

/** A text of the corpus with up to four changes anywhere. */
export const mutated: Arbitrary<string> = tuple(constantFrom(...texts), array(splices, { maxLength: 4 })).map(
  ([text, changes]) => changes.reduce(spliced, text),
)

/** Fragments and noise in any order. */
export const noise: Arbitrary<string> = array(
  oneof(
    constantFrom(...FRAGMENTS),
    uint8Array({ maxLength: 20 }).map(bytes => Buffer.from(bytes).toString('latin1')),
  ),
  { maxLength: 20 },
).map(parts => parts.join(''))

/** Any pieces, empty ones among them, of the bytes of a text. */
export const pieces = (text: Arbitrary<string>): Arbitrary<readonly Uint8Array[]> =>
  tuple(text, array(integer({ min: 0, max: USUAL_BYTES }), { maxLength: 6 })).map(([text, cuts]) => {
    const bytes = bytesOf(text)
    const at = [0, ...cuts.map(cut => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
    return at.slice(1).map((end, i) => bytes.subarray(at[i], end))
  })

const WANTED = process.env['FUZZ_RUNS']

/** Milliseconds for one test: whatever it takes when a number of runs was asked for. */
export const PATIENCE: number = WANTED === undefined ? 60_000 : 86_400_000

/** How often to try; `FUZZ_RUNS` in the environment asks for another number. */
export const runs = (usual: number): { readonly numRuns: number } => ({
  numRuns: Number(WANTED ?? usual),
})
