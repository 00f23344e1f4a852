import { CODING } from './head-fields.ts'
import type { Coding, HeadFields } from './head-fields.ts'

const MOST_BYTES = 2048

/**
 * The last whole head that was read, and what it said. Heads repeat byte for byte as long as their Date does, and to see
 * that two are equal is several times faster than to read one. Belongs to one kind of request, whose answers resemble
 * each other, and may be shared among connections.
 */
export class HeadMemory implements HeadFields {
  status = 0
  minor = 1
  closes = false
  persists = false
  contentLength = -1
  coding: Coding = CODING.none
  /** Bytes of the remembered head; 0 while there is none. */
  length = 0
  readonly #words: Int32Array = new Int32Array(MOST_BYTES / 4)
  readonly #bytes: Uint8Array = new Uint8Array(this.#words.buffer)
  /** Where the last head lay, and that place as words once a second one came to lie there. */
  #buffer: ArrayBufferLike | undefined
  #view: Int32Array | undefined
  /** Heads in a row that were another one. */
  #misses = 0

  /** Do the bytes from `start` begin with the remembered head? */
  matches(bytes: Uint8Array, start: number, to: number): boolean {
    const { length } = this
    if (length === 0 || length > to - start || this.#isIdle) return false
    const offset = bytes.byteOffset + start
    // Four bytes at a time where they lie at a multiple of four, as they do in the read buffer that sockets share.
    const view = (offset & 3) === 0 ? this.#viewOf(bytes.buffer) : undefined
    const whole = view === undefined ? 0 : length >> 2
    const words = this.#words
    for (let i = 0; i < whole; i += 1) if (view![(offset >> 2) + i] !== words[i]) return false
    const own = this.#bytes
    for (let i = whole << 2; i < length; i += 1) if (bytes[start + i] !== own[i]) return false
    this.#misses = 0
    return true
  }

  /** Says of the response what the remembered head says. An interim answer may have said close before. */
  recall(fields: HeadFields): void {
    fields.status = this.status
    fields.minor = this.minor
    fields.closes ||= this.closes
    fields.persists = this.persists
    fields.contentLength = this.contentLength
    fields.coding = this.coding
  }

  /** Keeps a valid final head for later. */
  remember(fields: HeadFields, bytes: Uint8Array, start: number, end: number): void {
    this.#misses += 1
    if (end - start > MOST_BYTES || this.#isIdle) return
    this.#bytes.set(bytes.subarray(start, end))
    this.length = end - start
    this.status = fields.status
    this.minor = fields.minor
    this.closes = fields.closes
    this.persists = fields.persists
    this.contentLength = fields.contentLength
    this.coding = fields.coding
  }

  /** Where every head is another one, as with an id in each, only one in 64 is kept and compared with the next. */
  get #isIdle(): boolean {
    return this.#misses > 8 && (this.#misses & 63) !== 0
  }

  /** TLS hands out a new buffer each time; a view of it costs more than it saves. */
  #viewOf(buffer: ArrayBufferLike): Int32Array | undefined {
    if (buffer !== this.#buffer) {
      this.#buffer = buffer
      this.#view = undefined
      return undefined
    }
    this.#view ??= new Int32Array(buffer, 0, buffer.byteLength >> 2)
    return this.#view
  }
}
