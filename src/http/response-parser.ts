import { CODING, readField } from './head-fields.ts'
import type { Coding, HeadFields } from './head-fields.ts'
import {
  chunkSizeOf,
  endOfChunkSize,
  endOfExtensions,
  endOfField,
  isLineEnd,
  readStatusLine,
} from './head-lines.ts'
import type { HeadMemory } from './head-memory.ts'
import type { InvalidReason } from './invalid-reason.ts'
import { LineCarry } from './line-carry.ts'
import { chunkLineFault, fieldLineFault, prefixFault, statusLineFault } from './line-fault.ts'
import { CR, LF } from './octets.ts'
import { SampleTap } from './sample-tap.ts'

/** Room for the head of one answer, its trailers or a chunk's size line. nginx and Node stop at 8 to 16 kB. */
const HEAD_LIMIT = 65_536

/** A server that sends interim answers for ever would otherwise be listened to for ever. */
const MOST_INTERIM = 64

const STATE = {
  statusLine: 0,
  header: 1,
  sized: 2,
  untilClose: 3,
  chunkSize: 4,
  chunk: 5,
  chunkEnd: 6,
  chunkEndFeed: 7,
  trailer: 8,
} as const
type State = (typeof STATE)[keyof typeof STATE]

/**
 * Reads one HTTP/1.1 response at a time (RFC 9112) out of pieces of any size: interim 1xx answers, Content-Length,
 * chunked with trailers, until close, and the answers that have no body (HEAD, 204, 304). Bodies are counted, not
 * kept, unless a tap asks for their start. Memory is bounded by one line of at most 64 kB. The same bytes have the same
 * outcome however they are cut. Where bytes can be taken in two ways they are invalid: a connection that carried a doubtful
 * answer would carry wrong ones after it.
 */
export class ResponseParser implements HeadFields {
  status = 0
  minor = 1
  closes = false
  persists = false
  contentLength = -1
  coding: Coding = CODING.none
  keepAlive = true
  done = false
  invalid: InvalidReason | undefined
  bodyBytes = 0
  /** Keeps the start of the present response; `begin` takes it off. */
  capture: SampleTap | undefined
  #state: State = STATE.statusLine
  #left = 0
  #headBytes = 0
  #interim = 0
  #withoutBody = false
  #memory: HeadMemory | undefined
  /** Where in the present piece the head began; negative when it began in an earlier one. */
  #headStart = -1
  readonly #carry = new LineCarry(HEAD_LIMIT)

  /** Gets ready for the next response; with a memory of earlier ones it reads a head that repeats at once. */
  begin(answersHead: boolean, memory?: HeadMemory): void {
    this.#withoutBody = answersHead
    this.#memory = memory
    this.capture = undefined
    this.done = false
    this.invalid = undefined
    this.bodyBytes = 0
    this.#interim = 0
    this.closes = false
    if (this.#carry.length > 0) this.#carry.clear()
    this.#beginHead()
  }

  /** Have any bytes of the present response come? */
  get started(): boolean {
    return this.#state !== STATE.statusLine || this.#carry.length > 0 || this.#interim > 0
  }

  /** Takes bytes until the response is done, invalid or the bytes are used up; says where it stopped. */
  execute(bytes: Uint8Array, from: number, to: number): number {
    let at = from
    this.#headStart = -1
    if (this.#memory !== undefined && this.#state === STATE.statusLine && this.#carry.length === 0)
      at = this.#recall(this.#memory, bytes, at, to)
    while (at < to && !this.done && this.invalid === undefined) {
      switch (this.#state) {
        case STATE.sized:
        case STATE.chunk:
        case STATE.untilClose:
          at = this.#takeBody(bytes, at, to)
          break
        case STATE.chunkEnd:
        case STATE.chunkEndFeed:
          this.#takeChunkEnd(bytes[at]!)
          at += 1
          break
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

  /** Captures from now on; `bytes` from `from` to `to` are all that the present response has brought so far. */
  captureAfter(bytes: Uint8Array, from: number, to: number): void {
    const again = new ResponseParser()
    again.begin(this.#withoutBody)
    again.capture = new SampleTap()
    again.execute(bytes, from, to)
    this.capture = again.capture
  }

  #beginHead(): void {
    this.#state = STATE.statusLine
    this.#headBytes = 0
    this.status = 0
    this.persists = false
    this.keepAlive = true
    this.contentLength = -1
    this.coding = CODING.none
  }

  #recall(memory: HeadMemory, bytes: Uint8Array, from: number, to: number): number {
    if (!memory.matches(bytes, from, to)) return from
    const next = from + memory.length
    memory.recall(this)
    this.#state = STATE.header
    if (this.capture !== undefined) {
      this.capture.clear()
      this.capture.takeHead(bytes, from, next)
    }
    this.#frameBody()
    return next
  }

  #takeBody(bytes: Uint8Array, at: number, to: number): number {
    const state = this.#state
    const taken = state === STATE.untilClose ? to - at : Math.min(this.#left, to - at)
    this.bodyBytes += taken
    if (this.capture !== undefined) this.capture.takeBody(bytes, at, at + taken)
    if (state !== STATE.untilClose) {
      this.#left -= taken
      if (this.#left === 0) {
        if (state === STATE.sized) this.done = true
        else this.#state = STATE.chunkEnd
      }
    }
    return at + taken
  }

  /** Exactly CRLF stands behind the data of a chunk. */
  #takeChunkEnd(byte: number): void {
    if (byte !== (this.#state === STATE.chunkEnd ? CR : LF)) this.invalid = 'chunk-end'
    else this.#state = this.#state === STATE.chunkEnd ? STATE.chunkEndFeed : STATE.chunkSize
  }

  #takeLine(bytes: Uint8Array, at: number, to: number): number {
    const capture = this.#state <= STATE.header ? this.capture : undefined
    // What interim answers said is no part of the sample.
    if (capture !== undefined && this.#state === STATE.statusLine && this.#carry.length === 0) capture.clear()
    let next = this.#carry.length === 0 ? this.#line(bytes, at, to) : -1
    if (next < 0) next = this.#takePart(bytes, at, to)
    if (capture !== undefined) capture.takeHead(bytes, at, next)
    return next
  }

  /** A line that the piece cuts off, that began in an earlier one, that is too long or that is not valid. */
  #takePart(bytes: Uint8Array, at: number, to: number): number {
    const carry = this.#carry
    let next = at
    while (next < to && bytes[next] !== LF) next += 1
    const whole = next < to
    if (whole) next += 1
    const room = HEAD_LIMIT - this.#headBytes - carry.length
    carry.take(bytes, at, Math.min(next, at + room))
    if (this.#state === STATE.statusLine) this.invalid = prefixFault(carry.bytes, carry.length)
    if (this.invalid !== undefined) return next
    if (next - at > room) this.invalid = this.#tooLarge()
    else if (whole) {
      if (this.#line(carry.bytes, 0, carry.length) < 0)
        this.invalid = this.#lineFault(carry.bytes, carry.length - 1)
      this.#headStart = -1
      carry.clear()
    }
    return next
  }

  /** Takes one whole valid line and says where the next one begins; negative, with nothing changed, where there is none. */
  #line(bytes: Uint8Array, at: number, to: number): number {
    const within = Math.min(to, at + HEAD_LIMIT - this.#headBytes)
    switch (this.#state) {
      case STATE.statusLine:
        return this.#statusLine(bytes, at, within)
      case STATE.chunkSize:
        return this.#chunkLine(bytes, at, within)
      default:
        return this.#fieldLine(bytes, at, within)
    }
  }

  #statusLine(bytes: Uint8Array, at: number, to: number): number {
    const next = readStatusLine(this, bytes, at, to)
    if (next < 0) return next
    this.#headStart = at
    this.#headBytes = next - at
    this.#state = STATE.header
    return next
  }

  #fieldLine(bytes: Uint8Array, at: number, to: number): number {
    const inHead = this.#state === STATE.header
    if (isLineEnd(bytes, at, to)) {
      if (inHead) this.#endOfHead(bytes, at + 2)
      else this.done = true
      return at + 2
    }
    const end = endOfField(bytes, at, to)
    if (end < 0) return end
    this.#headBytes += end + 2 - at
    // What trailers say of lengths and connections does not count (RFC 9110 §6.5.1).
    if (inHead) this.invalid = readField(this, bytes, at, end)
    return end + 2
  }

  #endOfHead(bytes: Uint8Array, next: number): void {
    if (this.status >= 200) {
      this.#frameBody()
      if (this.#memory !== undefined && this.#isMemorable)
        this.#memory.remember(this, bytes, this.#headStart, next)
    } else if (this.status === 101) this.invalid = 'unexpected-upgrade'
    else if (this.#interim === MOST_INTERIM) this.invalid = 'too-many-interim'
    else {
      this.#interim += 1
      this.#beginHead()
    }
  }

  /** All of the head lies in the present piece, and what was read of it came from nowhere else. */
  get #isMemorable(): boolean {
    return this.#headStart >= 0 && this.#interim === 0 && this.invalid === undefined
  }

  /** Which of the ways of RFC 9112 §6.3 says where the body ends, and whether the connection outlives it (§9.3). */
  #frameBody(): void {
    const { status, coding, contentLength } = this
    this.#headBytes = 0
    // An HTTP/1.0 server does not know transfer codings: its connection cannot be trusted after one (§6.1).
    this.keepAlive = !this.closes && (this.minor > 0 || (this.persists && coding === CODING.none))
    if (coding !== CODING.none && contentLength >= 0) this.invalid = 'length-and-coding'
    else if (this.#withoutBody || status === 204 || status === 304) this.done = true
    else if (coding === CODING.chunked) this.#state = STATE.chunkSize
    else if (contentLength >= 0) {
      this.#left = contentLength
      this.#state = STATE.sized
      this.done = contentLength === 0
    } else {
      this.keepAlive = false
      this.#state = STATE.untilClose
    }
  }

  #chunkLine(bytes: Uint8Array, at: number, to: number): number {
    const digitsEnd = endOfChunkSize(bytes, at, to)
    const size = chunkSizeOf(bytes, at, digitsEnd)
    const end = digitsEnd === at || size === Infinity ? -1 : endOfExtensions(bytes, digitsEnd, to)
    if (end < 0) return end
    this.#left = size
    this.#state = size === 0 ? STATE.trailer : STATE.chunk
    return end + 2
  }

  #lineFault(bytes: Uint8Array, lineFeed: number): InvalidReason {
    if (this.#state === STATE.statusLine) return statusLineFault(bytes, lineFeed)
    return this.#state === STATE.chunkSize ? chunkLineFault(bytes, lineFeed) : fieldLineFault(bytes, lineFeed)
  }

  #tooLarge(): InvalidReason {
    if (this.#state === STATE.chunkSize) return 'chunk-line-too-long'
    return this.#state === STATE.trailer ? 'trailers-too-large' : 'head-too-large'
  }
}
