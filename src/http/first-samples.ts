import type { OutcomeCode } from '../result/outcome.ts'
import { SAMPLE_BYTES } from './sample-tap.ts'

const CODES = 1000

/** Remembers which outcomes of which requests were seen, so that only the first of each kind is kept as a sample. */
export class FirstSamples {
  readonly #seen: Uint8Array

  constructor(requests: number) {
    this.#seen = new Uint8Array(requests * CODES)
  }

  isWanted(request: number, code: OutcomeCode): boolean {
    return code > 0 && this.#seen[request * CODES + code] === 0
  }

  taken(request: number, code: OutcomeCode): void {
    this.#seen[request * CODES + code] = 1
  }
}

/** The start of what came over the wire, byte for byte as characters. */
export function sampleText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, SAMPLE_BYTES)).toString('latin1')
}
