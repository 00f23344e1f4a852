import type { InvalidReason } from './response-parser.ts'

/** What the lines of a response's head say about where it ends and what becomes of the connection. */
export interface HeadFields {
  status: number
  minor: number
  keepAlive: boolean
  /** Negative while no Content-Length was seen. */
  contentLength: number
  /** `chunked` is the last transfer coding. */
  chunked: boolean
  /** There is a transfer coding other than chunked as the last one: the body ends with the connection. */
  otherCoding: boolean
}

const COLON = 58
const SPACE = 32
const TAB = 9

/** RFC 9110 §5.6.2: the bytes a field name may be made of. */
const TOKEN: Uint8Array = new Uint8Array(256)
for (const character of "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") {
  TOKEN[character.codePointAt(0)!] = 1
}

const encode = (text: string): Uint8Array => Uint8Array.from(text, character => character.codePointAt(0)!)
const HTTP_1 = encode('HTTP/1.')
const CONTENT_LENGTH = encode('content-length')
const TRANSFER_ENCODING = encode('transfer-encoding')
const CONNECTION = encode('connection')

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57

/** `HTTP/1.1 200 OK` (RFC 9112 §4); `last` is one past the line's last byte. */
export function parseStatusLine(
  fields: HeadFields,
  bytes: Uint8Array,
  start: number,
  last: number,
): InvalidReason | undefined {
  if (last - start < 12) return 'status-line'
  for (let i = 0; i < HTTP_1.length; i += 1) if (bytes[start + i] !== HTTP_1[i]) return 'status-line'
  const minor = bytes[start + 7]! - 48
  if (minor < 0 || minor > 9 || bytes[start + 8] !== SPACE) return 'status-line'
  let status = 0
  for (let i = start + 9; i < start + 12; i += 1) {
    if (!isDigit(bytes[i])) return 'status-line'
    status = status * 10 + bytes[i]! - 48
  }
  if (status < 100 || (last > start + 12 && bytes[start + 12] !== SPACE)) return 'status-line'
  fields.status = status
  fields.minor = minor
  fields.keepAlive = minor > 0
  return undefined
}

/** `name: value` (RFC 9112 §5); lines that continue the one before (obs-fold) are refused, as §5.2 allows. */
export function parseHeaderLine(
  fields: HeadFields,
  bytes: Uint8Array,
  start: number,
  last: number,
): InvalidReason | undefined {
  let colon = start
  while (colon < last && TOKEN[bytes[colon]!] === 1) colon += 1
  if (colon === start || colon === last || bytes[colon] !== COLON) return 'header-line'
  if (hasControl(bytes, colon + 1, last)) return 'header-line'
  switch (colon - start) {
    case CONTENT_LENGTH.length:
      return isName(bytes, start, CONTENT_LENGTH) ? readContentLength(fields, bytes, colon, last) : undefined
    case TRANSFER_ENCODING.length:
      if (isName(bytes, start, TRANSFER_ENCODING)) readTransferEncoding(fields, valueOf(bytes, colon, last))
      return undefined
    case CONNECTION.length:
      if (isName(bytes, start, CONNECTION)) readConnection(fields, valueOf(bytes, colon, last))
      return undefined
    default:
      return undefined
  }
}

/** Control characters but the tab, which RFC 9110 §5.5 forbids in field values. */
function hasControl(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i += 1) {
    const byte = bytes[i]!
    if ((byte < SPACE && byte !== TAB) || byte === 127) return true
  }
  return false
}

function isName(bytes: Uint8Array, start: number, name: Uint8Array): boolean {
  for (let i = 0; i < name.length; i += 1) if ((bytes[start + i]! | 32) !== name[i]) return false
  return true
}

function valueOf(bytes: Uint8Array, colon: number, last: number): string {
  let from = colon + 1
  let to = last
  while (from < to && (bytes[from] === SPACE || bytes[from] === TAB)) from += 1
  while (to > from && (bytes[to - 1] === SPACE || bytes[to - 1] === TAB)) to -= 1
  return String.fromCharCode(...bytes.subarray(from, to))
}

/** Several equal lengths are one (RFC 9112 §6.3 rule 5); different ones could smuggle a response. */
function readContentLength(
  fields: HeadFields,
  bytes: Uint8Array,
  colon: number,
  last: number,
): InvalidReason | undefined {
  const plain = plainNumber(bytes, colon + 1, last)
  if (plain >= 0) return takeLength(fields, plain)
  for (const item of valueOf(bytes, colon, last).split(',')) {
    const text = item.trim()
    if (!/^\d{1,15}$/.test(text)) return 'content-length'
    const invalid = takeLength(fields, Number(text))
    if (invalid !== undefined) return invalid
  }
  return undefined
}

/** The usual ` 123` without making a string of it; negative when it is anything else. */
function plainNumber(bytes: Uint8Array, from: number, to: number): number {
  const start = bytes[from] === SPACE ? from + 1 : from
  if (start === to || to - start > 15) return -1
  let value = 0
  for (let i = start; i < to; i += 1) {
    if (!isDigit(bytes[i])) return -1
    value = value * 10 + bytes[i]! - 48
  }
  return value
}

function takeLength(fields: HeadFields, length: number): InvalidReason | undefined {
  if (fields.contentLength >= 0 && fields.contentLength !== length) return 'conflicting-lengths'
  fields.contentLength = length
  return undefined
}

function readTransferEncoding(fields: HeadFields, value: string): void {
  for (const element of value.toLowerCase().split(',')) {
    const coding = element.trim()
    // A list may have empty elements (RFC 9110 §5.6.1.2).
    if (coding === '') continue
    fields.chunked = coding === 'chunked'
    fields.otherCoding = !fields.chunked
  }
}

function readConnection(fields: HeadFields, value: string): void {
  // What a keep-alive connection says in every answer, and what HTTP/1.1 means anyway.
  if (value === 'keep-alive' && fields.minor > 0) return
  for (const option of value.toLowerCase().split(',')) {
    const token = option.trim()
    if (token === 'close') fields.keepAlive = false
    else if (token === 'keep-alive' && fields.minor === 0) fields.keepAlive = true
  }
}
