/**
 * The bucket layout of HdrHistogram (Tene): log-linear, 2048 sub-buckets, so that every value up to the top is
 * kept within 0.1 %. One layout for all, because equal layouts merge exactly, by adding counts. Values are whole
 * microseconds, 1 µs to 120 s; larger ones are counted in the top bucket.
 */
const SUB_BUCKET_COUNT = 2048
const HALF = SUB_BUCKET_COUNT / 2
const HALF_BITS = 10

export const HIGHEST_US = 120_000_000
export const SIGNIFICANT_DIGITS = 3

/** Bucket of a value in µs; a value is rounded down to a whole number, below 0 counts as 0. */
export function bucketIndex(valueUs: number): number {
  const value = valueUs >= HIGHEST_US ? HIGHEST_US : valueUs > 0 ? valueUs | 0 : 0
  const bucket = 21 - Math.clz32(value | (SUB_BUCKET_COUNT - 1))
  return ((bucket + 1) << HALF_BITS) + (value >>> bucket) - HALF
}

/** Number of buckets: one past the index of the top value. */
export const BUCKETS: number = bucketIndex(HIGHEST_US) + 1

/** Lowest value that falls into the bucket, in µs. */
export function lowestValueAt(index: number): number {
  const bucket = (index >> HALF_BITS) - 1
  const sub = (index & (HALF - 1)) + HALF
  return bucket < 0 ? sub - HALF : sub << bucket
}

/** Highest whole value that falls into the bucket, in µs. */
export function highestValueAt(index: number): number {
  const bucket = Math.max(0, (index >> HALF_BITS) - 1)
  return lowestValueAt(index) + (1 << bucket) - 1
}
