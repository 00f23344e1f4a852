import { createSchedule } from '../../src/pacing/schedule.ts'
import type { Arrivals } from '../../src/plan/plan.ts'
import { perSecond, seconds } from '../../src/units/quantity.ts'
import type { Bench } from './bench.ts'
import { distanceToExponential, kolmogorovP } from './kolmogorov.ts'
import { claim, within, withinPercent } from './row.ts'
import type { Row } from './row.ts'
import { writeNumber } from './write-table.ts'

/** So many that chance moves the count of a Poisson process by 0.03 % only. */
const RATE = 10_000
const SECONDS = 1000
const SHARES = 4
const LEAST_P = 0.001
const COUNT_PERCENT = 0.1
const SEED = 1

/** T10: the intended starts themselves, before anything is sent. */
export function runScheduleTest(bench: Bench): Row[] {
  if (!bench.isWanted('T10')) return []
  bench.say(`T10 schedules of ${writeNumber(RATE * SECONDS, 9)} starts`)
  const whole = startsOf('poisson', 0, 1)
  const parts = Array.from({ length: SHARES }, (_, index) => startsOf('poisson', index, SHARES))
  const even = Array.from({ length: SHARES }, (_, index) => startsOf('even', index, SHARES))
  return [
    ...poissonRows('one worker', [whole], RATE),
    ...poissonRows(`each of ${SHARES} workers`, parts, RATE / SHARES),
    claim({
      test: 'T10',
      what: `Poisson, ${SHARES} workers merged`,
      expected: 'the starts of one worker, to the nanosecond',
      ...sameStarts(merge(parts), whole),
    }),
    ...evenRows(merge(even)),
  ]
}

function startsOf(arrivals: Arrivals, index: number, count: number): Float64Array {
  const stages = [
    { name: 'hold', from: perSecond(RATE), to: perSecond(RATE), for: seconds(SECONDS), warmup: false },
  ]
  const schedule = createSchedule({ stages, arrivals, requests: [REQUEST], seed: SEED }, { index, count })
  const starts = new Float64Array(Math.ceil(RATE * SECONDS * 1.01))
  let n = 0
  for (; schedule.at < Infinity; schedule.advance()) {
    starts[n] = schedule.at
    n += 1
  }
  return starts.subarray(0, n)
}

const REQUEST = {
  name: 'GET /',
  weight: 1,
  method: 'GET',
  path: '/',
  headers: [],
  expect: [],
  deadline: seconds(10),
}

function merge(parts: readonly Float64Array[]): Float64Array {
  const merged = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    merged.set(part, at)
    at += part.length
  }
  return merged.sort()
}

function sameStarts(merged: Float64Array, whole: Float64Array): { measured: string; holds: boolean } {
  let different = Math.abs(merged.length - whole.length)
  for (let i = 0; i < Math.min(merged.length, whole.length); i += 1)
    if (merged[i] !== whole[i]) different += 1
  return { measured: `${different} of ${writeNumber(whole.length, 9)} differ`, holds: different === 0 }
}

/** Of several parts the worst one is shown. */
function poissonRows(who: string, parts: readonly Float64Array[], rate: number): Row[] {
  const p = Math.min(...parts.map(starts => gapsP(starts, rate)))
  const dispersions = parts.map(dispersionOf)
  const farthest = dispersions.reduce((worst, each) =>
    Math.abs(each - 1) > Math.abs(worst - 1) ? each : worst,
  )
  const counts = parts.map(({ length }) => length)
  const meant = rate * SECONDS
  const worstCount = counts.reduce((worst, each) =>
    Math.abs(each - meant) > Math.abs(worst - meant) ? each : worst,
  )
  // Parts are smaller, so chance moves their counts more: three standard deviations.
  const percent = parts.length === 1 ? COUNT_PERCENT : 300 / Math.sqrt(meant)
  return [
    claim({
      test: 'T10',
      what: `Poisson, ${who}: gaps against the exponential law (Kolmogorov–Smirnov)`,
      expected: `p > ${LEAST_P}`,
      measured: `p = ${p.toPrecision(2)}`,
      holds: p > LEAST_P,
    }),
    within(
      {
        test: 'T10',
        what: `Poisson, ${who}: dispersion of the counts per second`,
        unit: '',
        expected: 1,
        measured: farthest,
      },
      Number((3 * Math.sqrt(2 / (SECONDS - 1))).toFixed(3)),
    ),
    withinPercent(
      { test: 'T10', what: `Poisson, ${who}: starts`, unit: '', expected: meant, measured: worstCount },
      Number(percent.toPrecision(2)),
    ),
  ]
}

function gapsP(starts: Float64Array, rate: number): number {
  const gaps = new Float64Array(starts.length - 1)
  for (let i = 1; i < starts.length; i += 1) gaps[i - 1] = starts[i]! - starts[i - 1]!
  gaps.sort()
  return kolmogorovP(distanceToExponential(gaps, 1e9 / rate), gaps.length)
}

/** Variance over mean of the counts per second: 1 for a Poisson process. */
function dispersionOf(starts: Float64Array): number {
  const counts = new Float64Array(SECONDS)
  for (const at of starts) counts[Math.min(SECONDS - 1, Math.floor(at / 1e9))]! += 1
  const mean = starts.length / SECONDS
  return counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (SECONDS - 1) / mean
}

function evenRows(starts: Float64Array): Row[] {
  const gap = 1e9 / RATE
  let farthest = 0
  for (let i = 0; i < starts.length; i += 1)
    farthest = Math.max(farthest, Math.abs(starts[i]! - (i + 0.5) * gap))
  return [
    withinPercent(
      {
        test: 'T10',
        what: `even, ${SHARES} workers merged: starts`,
        unit: '',
        expected: RATE * SECONDS,
        measured: starts.length,
      },
      0,
    ),
    claim({
      test: 'T10',
      what: `even, ${SHARES} workers merged: the k-th start lies at (k − ½)/λ`,
      expected: 'to the nanosecond',
      measured: `farthest ${farthest} ns`,
      holds: farthest <= 1,
    }),
  ]
}
