import { NO_COUNTS } from '../result/counts.ts'
import type { Counts } from '../result/counts.ts'
import { DenseHistogram } from './dense-histogram.ts'

/** Histograms that are used again from window to window: each is 75 kB, and a window needs several for every outcome. */
export class HistogramPool {
  readonly #spare: DenseHistogram[] = []

  get(): DenseHistogram {
    return this.#spare.pop() ?? new DenseHistogram()
  }

  /** What the histogram holds; it is spare from now on. */
  take(histogram: DenseHistogram | undefined): Counts {
    if (histogram === undefined) return NO_COUNTS
    this.#spare.push(histogram)
    return histogram.take()
  }
}
