import { closeSync, openSync, readSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'

const PIECE_BYTES = 1 << 20
/** What stands behind this many characters of a line is left out: a file without line breaks must not fill the memory. */
const LONGEST_LINE = 64 * 1024

/** The lines of a file of any size, one after the other, without what breaks them. The file is closed when the reader is done. */
export function* linesOfFile(path: string): Generator<string> {
  const file = openSync(path, 'r')
  try {
    yield* linesOf(piecesOf(file))
  } finally {
    closeSync(file)
  }
}

function* piecesOf(file: number): Generator<string> {
  const piece = Buffer.allocUnsafe(PIECE_BYTES)
  const decoder = new StringDecoder('utf8')
  for (;;) {
    const bytes = readSync(file, piece, 0, piece.length, null)
    if (bytes === 0) return
    yield decoder.write(piece.subarray(0, bytes))
  }
}

/** The last line may lack its break. */
function* linesOf(pieces: Iterable<string>): Generator<string> {
  let rest = ''
  for (const piece of pieces) {
    const lines = piece.split('\n')
    const last = lines.pop()!
    for (const line of lines) {
      yield withoutReturn((rest + line).slice(0, LONGEST_LINE))
      rest = ''
    }
    rest = (rest + last).slice(0, LONGEST_LINE)
  }
  if (rest !== '') yield withoutReturn(rest)
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line)
