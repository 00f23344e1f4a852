import type { InvalidReason } from './invalid-reason.ts'
import { COLON, SPACE, ZERO, isDigit, octets } from './octets.ts'

/** The transfer codings of a response (RFC 9112 §6.1), as far as they say where its body ends. */
export const CODING = {
  none: 0,
  /** Chunked comes last: the last chunk ends the body. */
  chunked: 1,
  /** Only codings that do not tell: the body ends with the connection. */
  other: 2,
  /** Chunked and then another one: the same. */
  chunkedThenOther: 3,
} as const
export type Coding = (typeof CODING)[keyof typeof CODING]

/** What the head of a response says about where the response ends and what becomes of the connection. */
export interface HeadFields {
  status: number
  /** The x of HTTP/1.x. */
  minor: number
  /** `Connection: close` was among its fields. */
  closes: boolean
  /** `Connection: keep-alive` was. */
  persists: boolean
  /** Negative while no Content-Length was seen. */
  contentLength: number
  coding: Coding
}

const CONTENT_LENGTH = octets('content-length')
const TRANSFER_ENCODING = octets('transfer-encoding')
const CONNECTION = octets('connection')
const CHUNKED = octets('chunked')
const KEEP_ALIVE = octets('keep-alive')

const LOWER_C = 99
const LOWER_T = 116

/** Takes the meaning out of one valid `name: value` line; `end` is one past the line's last byte. */
export function readField(
  fields: HeadFields,
  bytes: Uint8Array,
  start: number,
  end: number,
): InvalidReason | undefined {
  // Most fields of a response are told apart from ours by their first letter.
  const first = bytes[start]! | 32
  if (first === LOWER_C) {
    if (isNamed(bytes, start, CONTENT_LENGTH))
      return readContentLength(fields, bytes, start + CONTENT_LENGTH.length + 1, end)
    if (isNamed(bytes, start, CONNECTION)) readConnection(fields, bytes, start + CONNECTION.length + 1, end)
  } else if (first === LOWER_T && isNamed(bytes, start, TRANSFER_ENCODING))
    return readTransferEncoding(fields, bytes, start + TRANSFER_ENCODING.length + 1, end)
  return undefined
}

/** Only for lines whose name is known to be a token: `| 32` makes letters of other bytes too. */
function isNamed(bytes: Uint8Array, start: number, name: Uint8Array): boolean {
  return bytes[start + name.length] === COLON && isWord(bytes, start, name)
}

function isWord(bytes: Uint8Array, start: number, word: Uint8Array): boolean {
  for (let i = 0; i < word.length; i += 1) if ((bytes[start + i]! | 32) !== word[i]) return false
  return true
}

/** Is the value this word of letters, in any case and behind the usual one space? */
function isValue(bytes: Uint8Array, from: number, end: number, word: Uint8Array): boolean {
  return end - from === word.length + 1 && bytes[from] === SPACE && isWord(bytes, from + 1, word)
}

/** The elements of a list (RFC 9110 §5.6.1), empty ones included, in lower case. */
function elementsOf(bytes: Uint8Array, from: number, end: number): string[] {
  const value = Buffer.from(bytes.buffer, bytes.byteOffset + from, end - from).toString('latin1')
  // Not trim(): it takes the no-break space of latin1 for white space.
  return value.split(',').map(element => element.replaceAll(/^[ \t]+|[ \t]+$/g, '').toLowerCase())
}

/** Several equal lengths are one (RFC 9110 §8.6); different ones could smuggle a response. */
function readContentLength(
  fields: HeadFields,
  bytes: Uint8Array,
  from: number,
  end: number,
): InvalidReason | undefined {
  const plain = plainNumber(bytes, from, end)
  if (plain >= 0) return takeLength(fields, plain)
  for (const element of elementsOf(bytes, from, end)) {
    const length = Number(element)
    if (!/^\d+$/.test(element) || length > Number.MAX_SAFE_INTEGER) return 'content-length'
    const invalid = takeLength(fields, length)
    if (invalid !== undefined) return invalid
  }
  return undefined
}

/** The usual ` 123` without making a string of it; negative when it is anything else. */
function plainNumber(bytes: Uint8Array, from: number, end: number): number {
  const start = bytes[from] === SPACE ? from + 1 : from
  if (start === end || end - start > 15) return -1
  let value = 0
  for (let i = start; i < end; i += 1) {
    const byte = bytes[i]!
    if (!isDigit(byte)) return -1
    value = value * 10 + byte - ZERO
  }
  return value
}

function takeLength(fields: HeadFields, length: number): InvalidReason | undefined {
  if (fields.contentLength >= 0 && fields.contentLength !== length) return 'conflicting-lengths'
  fields.contentLength = length
  return undefined
}

/** A coding is a token, and may have parameters that are tokens; quoted ones, in which a comma may hide, are refused. */
const TRANSFER_CODING = /^[\w!#$%&'*+.^`|~-]+(?:[ \t]*;[ \t]*[\w!#$%&'*+.^`|~-]+=[\w!#$%&'*+.^`|~-]+)*$/

function readTransferEncoding(
  fields: HeadFields,
  bytes: Uint8Array,
  from: number,
  end: number,
): InvalidReason | undefined {
  if (fields.coding === CODING.none && isValue(bytes, from, end, CHUNKED)) {
    fields.coding = CODING.chunked
    return undefined
  }
  // A list may have empty elements (RFC 9110 §5.6.1.2), but one that names nothing does not say where the body ends.
  const codings = elementsOf(bytes, from, end).filter(element => element !== '')
  if (codings.length === 0) return 'transfer-encoding'
  for (const coding of codings) {
    const chunked = coding === 'chunked'
    const chunkedBefore = fields.coding === CODING.chunked || fields.coding === CODING.chunkedThenOther
    // Chunked may be applied once and has no parameters (RFC 9112 §6.1, §7.1).
    if (!TRANSFER_CODING.test(coding) || (chunked && chunkedBefore) || /^chunked[ \t]*;/.test(coding))
      return 'transfer-encoding'
    if (chunked) fields.coding = CODING.chunked
    else fields.coding = chunkedBefore ? CODING.chunkedThenOther : CODING.other
  }
  return undefined
}

function readConnection(fields: HeadFields, bytes: Uint8Array, from: number, end: number): void {
  if (isValue(bytes, from, end, KEEP_ALIVE)) {
    fields.persists = true
    return
  }
  for (const option of elementsOf(bytes, from, end)) {
    if (option === 'close') fields.closes = true
    else if (option === 'keep-alive') fields.persists = true
  }
}
