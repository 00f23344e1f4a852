import { sparse } from '../result/counts.ts'
import type { Counts } from '../result/counts.ts'
import { BUCKETS, bucketIndex } from '../result/histogram-layout.ts'

/** A histogram to record into: one flat array of counts, and the range of it that is in use. */
export class DenseHistogram {
  readonly #counts: Uint32Array = new Uint32Array(BUCKETS)
  #lowest = BUCKETS
  #highest = -1

  record(valueUs: number): void {
    const index = bucketIndex(valueUs)
    this.#counts[index]! += 1
    if (index < this.#lowest) this.#lowest = index
    if (index > this.#highest) this.#highest = index
  }

  /** What was recorded since the last `take`. */
  view(): Counts {
    return sparse(this.#counts, Math.min(this.#lowest, BUCKETS), this.#highest + 1)
  }

  /** What was recorded since the last call; empties the histogram for its next use. */
  take(): Counts {
    const taken = this.view()
    this.#counts.fill(0, Math.min(this.#lowest, BUCKETS), this.#highest + 1)
    this.#lowest = BUCKETS
    this.#highest = -1
    return taken
  }
}
