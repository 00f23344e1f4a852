import type { HeadFields } from './head-fields.ts'
import {
  COLON,
  CR,
  HEX_VALUE,
  IS_TEXT,
  IS_TOKEN,
  LF,
  SEMICOLON,
  SPACE,
  TAB,
  ZERO,
  isDigit,
  octets,
} from './octets.ts'

const HTTP_1 = octets('HTTP/1.')

/** Shortest status line: `HTTP/1.1 200` and its CRLF. */
const STATUS_LINE_BYTES = 14

/**
 * Reads `HTTP/1.1 200 OK` (RFC 9112 §4). The space behind the status may be missing together with the reason, as
 * with servers that have none to give.
 * @returns where the next line begins; negative unless a whole valid line lies in `bytes` from `start` to `to`.
 */
export function readStatusLine(fields: HeadFields, bytes: Uint8Array, start: number, to: number): number {
  if (to - start < STATUS_LINE_BYTES) return -1
  for (let i = 0; i < HTTP_1.length; i += 1) if (bytes[start + i] !== HTTP_1[i]) return -1
  const minor = bytes[start + 7]!
  const hundreds = bytes[start + 9]!
  const tens = bytes[start + 10]!
  const ones = bytes[start + 11]!
  if (!isDigit(minor) || bytes[start + 8] !== SPACE) return -1
  if (hundreds === ZERO || !isDigit(hundreds) || !isDigit(tens) || !isDigit(ones)) return -1
  const behind = start + 12
  if (bytes[behind] !== SPACE && bytes[behind] !== CR) return -1
  const end = endOfText(bytes, behind, to)
  if (end < 0) return -1
  fields.minor = minor - ZERO
  fields.status = hundreds * 100 + tens * 10 + ones - ZERO * 111
  return end + 2
}

/**
 * Where a `name: value` line (RFC 9112 §5) ends, at its CRLF; negative unless a whole valid one lies in `bytes` from
 * `start` to `to`. A line that continues the one before (obs-fold) is none: §5.2 lets a gateway refuse it, as Node does.
 */
export function endOfField(bytes: Uint8Array, start: number, to: number): number {
  let at = start
  while (at < to && IS_TOKEN[bytes[at]!] === 1) at += 1
  if (at === start || at === to || bytes[at] !== COLON) return -1
  return endOfText(bytes, at + 1, to)
}

/** Where the text ends, at its CRLF; negative where it runs out or has a control character, a bare CR or LF. */
function endOfText(bytes: Uint8Array, start: number, to: number): number {
  let at = start
  while (at < to && IS_TEXT[bytes[at]!] === 1) at += 1
  return isLineEnd(bytes, at, to) ? at : -1
}

export function isLineEnd(bytes: Uint8Array, at: number, to: number): boolean {
  return at + 1 < to && bytes[at] === CR && bytes[at + 1] === LF
}

/** Where the digits of a chunk's size end. */
export function endOfChunkSize(bytes: Uint8Array, start: number, to: number): number {
  let at = start
  while (at < to && HEX_VALUE[bytes[at]!]! < 16) at += 1
  return at
}

/** The digits as a number; infinite where it is too large to count with. */
export function chunkSizeOf(bytes: Uint8Array, start: number, end: number): number {
  let size = 0
  for (let at = start; at < end; at += 1) size = size * 16 + HEX_VALUE[bytes[at]!]!
  return size <= Number.MAX_SAFE_INTEGER ? size : Infinity
}

/**
 * Where the line ends that began with a chunk's size; negative unless all of it is there and valid. Behind the size there
 * may be white space and then extensions, which are ignored whatever they say (RFC 9112 §7.1.1).
 */
export function endOfExtensions(bytes: Uint8Array, start: number, to: number): number {
  let at = start
  while (at < to && (bytes[at] === SPACE || bytes[at] === TAB)) at += 1
  return at < to && bytes[at] !== SEMICOLON && bytes[at] !== CR ? -1 : endOfText(bytes, at, to)
}
