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
export function encodeHistogram({ indices, counts }: Counts): EncodedHistogram {
  if (indices.length === 0) return ''
  scratch.reset()
  for (let i = 0; i < indices.length; i += 1) {
    scratch.recordValueWithCount(scratch.valueFromIndex(indices[i]!), counts[i]!)
  }
  return hdr.encodeIntoCompressedBase64(scratch)
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
