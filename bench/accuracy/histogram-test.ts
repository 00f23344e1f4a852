import { addCounts, quantileUs } from '../../src/result/counts.ts'
import type { Counts } from '../../src/result/counts.ts'
import { decodeHistogram, encodeHistogram } from '../../src/result/histogram.ts'
import { DenseHistogram } from '../../src/recording/dense-histogram.ts'
import { createRandom } from '../../src/units/random.ts'
import type { Bench } from './bench.ts'
import { claim } from './row.ts'
import type { Row } from './row.ts'
import { writeNumber } from './write-table.ts'

const LOWEST_US = 1
const HIGHEST_US = 120_000_000
const PERCENT = 0.1
const RECORDED = 1_000_000

/** T11: what the histograms lose, and that merging loses nothing. */
export function runHistogramTest(bench: Bench): Row[] {
  if (!bench.isWanted('T11')) return []
  bench.say('T11 histograms')
  const worst = worstError()
  const rows: Row[] = [
    claim({
      test: 'T11',
      what: 'one value recorded, encoded, decoded and read back, 1 µs to 120 s: largest relative error',
      expected: `at most ${PERCENT} %`,
      measured: `${(worst.error * 100).toFixed(4)} %, at ${writeNumber(worst.atUs, 9)} µs`,
      holds: worst.error <= PERCENT / 100,
    }),
  ]
  for (const workers of [2, 4, 16]) rows.push(mergeRow(workers))
  return rows
}

/**
 * Every whole µs up to 4096, where each bucket is 1 or 2 µs wide, then both ends of 200 steps per doubling: a bucket's
 * error is largest at its ends.
 */
function* values(): Generator<number> {
  for (let value = LOWEST_US; value <= 4096; value += 1) yield value
  for (let base = 4096; base <= HIGHEST_US; base *= 2) {
    for (let step = 0; step < 200; step += 1) {
      const value = Math.round(base * (1 + step / 200))
      if (value < HIGHEST_US) yield* [value, value + 1]
    }
  }
  yield HIGHEST_US
}

function worstError(): { readonly error: number; readonly atUs: number } {
  const histogram = new DenseHistogram()
  let [error, atUs] = [0, 0]
  for (const value of values()) {
    histogram.record(value)
    const read = quantileUs(decodeHistogram(encodeHistogram(histogram.take())), 0.5) ?? NaN
    const own = Math.abs(read - value) / value
    // Not a number must not pass for no error.
    if (!(own <= error)) [error, atUs] = [own, value]
  }
  return { error, atUs }
}

/** Log-uniform values over the whole range, dealt out to workers at random. */
function mergeRow(workers: number): Row {
  const random = createRandom(workers)
  const single = new DenseHistogram()
  const parts = Array.from({ length: workers }, () => new DenseHistogram())
  for (let i = 0; i < RECORDED; i += 1) {
    const value = LOWEST_US * (HIGHEST_US / LOWEST_US) ** random.pick()
    single.record(value)
    parts[Math.floor(random.pick() * workers)]!.record(value)
  }
  const whole = single.take()
  const merged = addCounts(parts.map(part => part.take()))
  const different = differences(whole, merged)
  const sameText = encodeHistogram(whole) === encodeHistogram(merged)
  return claim({
    test: 'T11',
    what: `${workers} recorders merged against one, ${writeNumber(RECORDED, 9)} values`,
    expected: 'the same, bit for bit',
    measured: `${different} buckets and ${sameText ? 'no' : 'some'} encoded bytes differ`,
    holds: different === 0 && sameText,
  })
}

function differences(a: Counts, b: Counts): number {
  const length = Math.max(a.indices.length, b.indices.length)
  let different = 0
  for (let i = 0; i < length; i += 1)
    if (a.indices[i] !== b.indices[i] || a.counts[i] !== b.counts[i]) different += 1
  return different
}
