/** How much of an answer a sample shows. */
export const SAMPLE_BYTES = 4096

/**
 * The start of one answer: its head as it came, then its body without chunk sizes. Memory is bounded by the limit.
 */
export class SampleTap {
  readonly #bytes: Uint8Array
  #length = 0
  #headLength = 0

  /** @param limit most bytes kept, of head and body together */
  constructor(limit: number = SAMPLE_BYTES) {
    this.#bytes = new Uint8Array(limit)
  }

  /** Forgets everything, as when an interim answer is over. */
  clear(): void {
    this.#length = 0
    this.#headLength = 0
  }

  takeHead(bytes: Uint8Array, from: number, to: number): void {
    this.takeBody(bytes, from, to)
    this.#headLength = this.#length
  }

  takeBody(bytes: Uint8Array, from: number, to: number): void {
    const taken = Math.min(to - from, this.#bytes.length - this.#length)
    if (taken === 0) return
    this.#bytes.set(bytes.subarray(from, from + taken), this.#length)
    this.#length += taken
  }

  /** Head and body, byte for byte as characters. */
  get text(): string {
    return this.#latin1(0)
  }

  /** The body alone. */
  get body(): string {
    return this.#latin1(this.#headLength)
  }

  #latin1(from: number): string {
    return Buffer.from(this.#bytes.buffer, from, this.#length - from).toString('latin1')
  }
}

/** The start of what came over the wire, byte for byte as characters. */
export function sampleText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, SAMPLE_BYTES)).toString('latin1')
}
