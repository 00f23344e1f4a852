import { parseHeaderLine, parseStatusLine } from './head-lines.ts'
import type { HeadFields } from './head-lines.ts'

/** Why bytes are not an HTTP/1.1 response; the outcome is *invalid response*. */
export type InvalidReason =
  | 'status-line'
  | 'header-line'
  | 'bare-line-feed'
  | 'head-too-large'
  | 'conflicting-lengths'
  | 'content-length'
  | 'chunk-size'
  | 'chunk-end'
  | 'unexpected-upgrade'

/** Room for the head of one response, its trailers or a chunk's size line. nginx and Node stop at 8 to 16 kB. */
const HEAD_LIMIT = 65_536

const CR = 13
const LF = 10

const STATE = {
  statusLine: 0,
  header: 1,
  sized: 2,
  untilClose: 3,
  chunkSize: 4,
  chunk: 5,
  chunkEnd: 6,
  trailer: 7,
} as const
type State = (typeof STATE)[keyof typeof STATE]

/**
 * Reads one HTTP/1.1 response at a time (RFC 9112) out of chunks of any size: interim 1xx answers, Content-Length,
 * chunked with trailers, until close, and the answers that have no body (HEAD, 204, 304). Bodies are counted, not
 * kept. Memory is bounded by one line of at most 64 kB; every byte is looked at once, but for a line that a chunk's
 * end cuts in two.
 */
export class ResponseParser implements HeadFields {
  status = 0
  minor = 1
  keepAlive = true
  contentLength = -1
  chunked = false
  otherCoding = false
  done = false
  invalid: InvalidReason | undefined
  bodyBytes = 0
  #state: State = STATE.statusLine
  #left = 0
  #headBytes = 0
  #withoutBody = false
  #carry: Uint8Array | undefined

  /** Gets ready for the next response. */
  begin(answersHead: boolean): void {
    this.#withoutBody = answersHead
    this.done = false
    this.invalid = undefined
    this.bodyBytes = 0
    this.#carry = undefined
    this.#beginHead()
  }

  /** Have any bytes of the present response come? */
  get started(): boolean {
    return this.#state !== STATE.statusLine || this.#headBytes > 0 || this.#carry !== undefined
  }

  /** Takes bytes until the response is done, invalid or the bytes are used up; says where it stopped. */
  execute(bytes: Uint8Array, from: number, to: number): number {
    let at = from
    while (at < to && !this.done && this.invalid === undefined) {
      switch (this.#state) {
        case STATE.sized:
        case STATE.chunk:
          at = this.#takeBody(at, to)
          break
        case STATE.untilClose:
          this.bodyBytes += to - at
          return to
        default:
          at = this.#takeLine(bytes, at, to)
      }
    }
    return at
  }

  /** The connection was closed by the other side: was that the proper end of the response? */
  endOfInput(): boolean {
    if (this.#state === STATE.untilClose) this.done = true
    return this.done
  }

  #beginHead(): void {
    this.#state = STATE.statusLine
    this.#headBytes = 0
    this.status = 0
    this.keepAlive = true
    this.contentLength = -1
    this.chunked = false
    this.otherCoding = false
  }

  #takeBody(at: number, to: number): number {
    const taken = Math.min(this.#left, to - at)
    this.#left -= taken
    this.bodyBytes += taken
    if (this.#left === 0) {
      if (this.#state === STATE.sized) this.done = true
      else this.#state = STATE.chunkEnd
    }
    return at + taken
  }

  #takeLine(bytes: Uint8Array, at: number, to: number): number {
    let end = at
    while (end < to && bytes[end] !== LF) end += 1
    this.#headBytes += Math.min(end + 1, to) - at
    if (this.#headBytes > HEAD_LIMIT) this.invalid = 'head-too-large'
    else if (end === to) this.#carry = joined(this.#carry, bytes, at, to)
    else if (this.#carry === undefined) this.#line(bytes, at, end)
    else {
      const whole = joined(this.#carry, bytes, at, end)
      this.#carry = undefined
      this.#line(whole, 0, whole.length)
    }
    return Math.min(end + 1, to)
  }

  /** One line, `end` at its line feed. */
  #line(bytes: Uint8Array, start: number, end: number): void {
    if (end === start || bytes[end - 1] !== CR) {
      this.invalid = 'bare-line-feed'
      return
    }
    const last = end - 1
    const empty = last === start
    switch (this.#state) {
      case STATE.statusLine:
        this.invalid = parseStatusLine(this, bytes, start, last)
        this.#state = STATE.header
        break
      case STATE.header:
        if (empty) this.#endOfHead()
        else this.invalid = parseHeaderLine(this, bytes, start, last)
        break
      case STATE.chunkSize:
        this.#beginChunk(bytes, start, last)
        break
      case STATE.chunkEnd:
        if (empty) this.#state = STATE.chunkSize
        else this.invalid = 'chunk-end'
        this.#headBytes = 0
        break
      default:
        if (empty) this.done = true
    }
  }

  /** Which of the ways of RFC 9112 §6.3 says where the body ends. */
  #endOfHead(): void {
    const { status } = this
    this.#headBytes = 0
    if (status === 101) this.invalid = 'unexpected-upgrade'
    else if (status < 200) this.#beginHead()
    else if (this.#withoutBody || status === 204 || status === 304) this.done = true
    else if (this.chunked && this.contentLength >= 0) this.invalid = 'conflicting-lengths'
    else if (this.chunked) this.#state = STATE.chunkSize
    else if (this.contentLength >= 0 && !this.otherCoding) {
      this.#left = this.contentLength
      this.#state = STATE.sized
      this.done = this.#left === 0
    } else {
      this.keepAlive = false
      this.#state = STATE.untilClose
    }
  }

  #beginChunk(bytes: Uint8Array, start: number, last: number): void {
    let size = 0
    let at = start
    for (; at < last; at += 1) {
      const digit = hexDigit(bytes[at]!)
      if (digit < 0) break
      size = size * 16 + digit
    }
    // What may follow the size is an extension: optional white space and a semicolon (RFC 9112 §7.1.1).
    while (at > start && at < last && (bytes[at] === 32 || bytes[at] === 9)) at += 1
    const extension = at === last || bytes[at] === 59
    if (at === start || !extension || size > Number.MAX_SAFE_INTEGER) {
      this.invalid = 'chunk-size'
      return
    }
    this.#left = size
    this.#headBytes = 0
    this.#state = size === 0 ? STATE.trailer : STATE.chunk
  }
}

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48
  const lower = byte | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}

function joined(before: Uint8Array | undefined, bytes: Uint8Array, from: number, to: number): Uint8Array {
  const length = before?.length ?? 0
  const whole = new Uint8Array(length + to - from)
  if (before !== undefined) whole.set(before)
  whole.set(bytes.subarray(from, to), length)
  return whole
}
