import hdr from 'hdr-histogram-js'
import type { JsHistogram } from 'hdr-histogram-js'
import { NO_COUNTS } from './counts.ts'
import type { Counts } from './counts.ts'
import { BUCKETS, HIGHEST_US, SIGNIFICANT_DIGITS, highestValueAt } from './histogram-layout.ts'

/** HdrHistogram V2, compressed, base64; values in µs. The empty text is the empty histogram. */
export type EncodedHistogram = string

/**
 * One scratch histogram with one fixed range for all: building one takes 75 kB, and a decoded histogram keeps
 * the range of the values it was encoded with, so that its layout would differ from ours.
 */
const scratch = hdr.build({
  bitBucketSize: 32,
  lowestDiscernibleValue: 1,
  highestTrackableValue: HIGHEST_US,
  numberOfSignificantValueDigits: SIGNIFICANT_DIGITS,
  useWebAssembly: false,
}) as JsHistogram

/** The encoding that every HdrHistogram tool reads. This file alone knows hdr-histogram-js. */
export function encodeHistogram(counts: Counts): EncodedHistogram {
  return counts.indices.length === 0 ? '' : encodeForLog(counts)
}

/** The same for a line of a histogram log, in which an interval without values has a histogram, too. */
export function encodeForLog(counts: Counts): string {
  return hdr.encodeIntoCompressedBase64(fillScratch(counts))
}

/**
 * The text of a percentile distribution (`.hgrm`), values in ms: columns of value, percentile, count of the values up to
 * it and 1/(1 − percentile), five steps for each halving of the distance to 100 %, then mean, deviation and maximum.
 * Values are upper edges of buckets, as in `quantileUs`. Counts must not be empty.
 */
export function percentileDistribution(counts: Counts): string {
  return fillScratch(counts).outputPercentileDistribution(5, US_PER_MS)
}

const US_PER_MS = 1000

/** Values stand at the upper edges of their buckets, so that its maximum is that of `quantileUs`. */
function fillScratch({ indices, counts }: Counts): JsHistogram {
  scratch.reset()
  for (let i = 0; i < indices.length; i += 1) {
    scratch.recordValueWithCount(highestValueAt(indices[i]!), counts[i]!)
  }
  return scratch
}

/** Throws when the text is not such a histogram. */
export function decodeHistogram(encoded: EncodedHistogram): Counts {
  if (encoded === '') return NO_COUNTS
  const decoded = hdr.decodeFromCompressedBase64(encoded, 32, false) as JsHistogram
  const { numberOfSignificantValueDigits: digits, lowestDiscernibleValue: lowest, maxValue } = decoded
  if (digits !== SIGNIFICANT_DIGITS || lowest !== 1 || maxValue > highestValueAt(BUCKETS - 1)) {
    throw new RangeError(
      `a histogram of ${digits} digits from ${lowest} to ${maxValue} µs has another layout`,
    )
  }
  const indices: number[] = []
  const counts: number[] = []
  for (let i = 0; i < decoded.countsArrayLength && i < BUCKETS; i += 1) {
    const count = decoded.getCountAtIndex(i)
    if (count > 0) {
      indices.push(i)
      counts.push(count)
    }
  }
  return { indices, counts }
}
