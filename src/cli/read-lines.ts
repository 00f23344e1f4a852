import { readSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'

const PIECE_BYTES = 1 << 20

/**
 * The lines of an open file from its beginning, without what stands after the last line break. Read piece by piece:
 * a file may be longer than the longest string.
 */
export function* readLines(file: number): Generator<string> {
  const piece = Buffer.allocUnsafe(PIECE_BYTES)
  const decoder = new StringDecoder('utf8')
  let rest = ''
  let at = 0
  for (;;) {
    const bytes = readSync(file, piece, 0, piece.length, at)
    if (bytes === 0) return
    at += bytes
    const lines = (rest + decoder.write(piece.subarray(0, bytes))).split('\n')
    rest = lines.pop()!
    yield* lines
  }
}
