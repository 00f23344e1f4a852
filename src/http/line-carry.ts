/** Room that is kept from one line to the next. */
const USUAL_BYTES = 1024

/**
 * The start of a line whose end has not come yet, at most `limit` bytes. Grows by doubling, so that a byte at a time
 * costs no more than all at once.
 */
export class LineCarry {
  bytes: Uint8Array = new Uint8Array(0)
  length = 0
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  take(from: Uint8Array, start: number, end: number): void {
    const length = this.length + end - start
    if (length > this.bytes.length) {
      const larger = new Uint8Array(Math.min(Math.max(length, 2 * this.bytes.length, 256), this.#limit))
      larger.set(this.bytes.subarray(0, this.length))
      this.bytes = larger
    }
    this.bytes.set(from.subarray(start, end), this.length)
    this.length = length
  }

  /** Forgets the line. Room for one of unusual length is given back. */
  clear(): void {
    this.length = 0
    if (this.bytes.length > USUAL_BYTES) this.bytes = new Uint8Array(0)
  }
}
