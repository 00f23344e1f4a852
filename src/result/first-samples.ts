import type { OutcomeCode } from './outcome.ts'

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
