import { formatNumber, formatRate, formatShare } from '../units/format.ts'
import { largest, smallest } from '../statistics/extremes.ts'
import { sums } from './collapse.ts'
import type { Capacity, RateEstimate } from './findings.ts'
import { RESOLUTION, TOLERATED_ERRORS } from './holds.ts'
import type { Knee, KneeReading } from './knee.ts'
import { risingRecords } from './levels.ts'
import type { WindowRecord } from './window-record.ts'

const CONFIDENCE = 0.95

/** The knee in the words and units of the report. */
export function describeCapacity(records: readonly WindowRecord[], reading: KneeReading): Capacity {
  const limitedBy = limitOf(records, reading)
  return {
    knee: { ...estimateOf(reading.knee), ...wordsFor(reading, limitedBy) },
    limitedBy,
    saturation: saturationOf(reading),
    definition: definitionOf(records, reading),
    slo: null,
    timeoutForecast: null,
  }
}

/** What stands in place of a knee when the run cannot be believed. */
export function withoutKnee(capacity: Capacity, reasons: readonly string[]): Capacity {
  const because = `the run cannot be trusted: ${reasons.join('; ')}`
  const nothing = { limitedBy: null, saturation: null, slo: null, timeoutForecast: null }
  return { ...capacity, ...nothing, knee: { ...NONE, because, method: 'none' } }
}

const NONE: RateEstimate = { rps: null, low: null, high: null, confidence: CONFIDENCE, bound: 'none' }

function estimateOf(knee: Knee): RateEstimate {
  if (knee.by === 'nothing') return NONE
  const { rps } = knee
  if (knee.by === 'sustained') return { rps, low: rps, high: null, confidence: CONFIDENCE, bound: 'at-least' }
  const { low, high, fromTheStart } = knee
  return fromTheStart
    ? { rps, low: null, high, confidence: CONFIDENCE, bound: 'at-most' }
    : { rps, low, high, confidence: CONFIDENCE, bound: 'measured' }
}

function limitOf(records: readonly WindowRecord[], reading: KneeReading): Capacity['limitedBy'] {
  const { knee, calm, flow } = reading
  if (knee.by === 'nothing') return null
  if (knee.by === 'sustained') return generatorEndedIt(records, knee.rps) ? 'generator' : null
  if (knee.by === 'errors') return 'errors'
  const { offered, good, bad } = sums(calm.filter(({ rate }) => rate > knee.rps))
  const deficit = offered * (1 - flow.p0) - good
  return bad - offered * flow.p0 >= deficit / 2 ? 'errors' : 'throughput'
}

/**
 * Did the plan ask for clearly more than was ever offered in a window that may be believed? A lone void window among
 * others of its rate keeps nothing from being seen.
 */
function generatorEndedIt(records: readonly WindowRecord[], rps: number): boolean {
  const rising = risingRecords(records)
  const offered = largest(
    rising.filter(({ limits }) => limits.length === 0).map(({ rate }) => rate),
    rps,
  )
  return rising.some(({ limits, rate }) => limits.length > 0 && rate > offered * (1 + RESOLUTION))
}

function saturationOf({ throughput, flow }: KneeReading): Capacity['saturation'] {
  if (throughput === undefined) return null
  const scale = 1 - flow.p0
  return { rps: throughput.c * scale, low: throughput.low * scale, high: throughput.high * scale }
}

type Words = Pick<Capacity['knee'], 'because' | 'method'>

function wordsFor(reading: KneeReading, limitedBy: Capacity['limitedBy']): Words {
  const { knee, throughput, flow, calm } = reading
  switch (knee.by) {
    case 'nothing':
      return calm.length === 0
        ? { method: 'none', because: 'no valid window of rising load was measured' }
        : {
            method: 'none',
            because: 'at every load too few requests were answered well to speak of a capacity',
          }
    case 'sustained':
      return {
        method: 'highest rate shown to be sustained',
        because:
          `${formatRate(knee.rps)} was sustained for ${formatNumber(knee.seconds)} s and no limit was met` +
          (limitedBy === 'generator' ? '; the generator could not offer more' : ''),
      }
    case 'errors':
      return {
        method:
          'rate at which the share of errors exceeds the baseline by 1 % (isotonic and power-law regression)',
        because: knee.fromTheStart
          ? `the lowest rate measured, ${formatRate(knee.rps)}, already fails`
          : `above ${formatRate(knee.rps)} more than ${formatShare(flow.p0 + TOLERATED_ERRORS)} of the requests fail`,
      }
    case 'collapse':
      return {
        method: 'edge of the collapse',
        because: `good answers fell away at ${formatRate(knee.high)}, before they had levelled off`,
      }
    case 'throughput':
      return {
        method: 'goodput plateau above the hinge of the ramp; interval sqrt(IDC/N)',
        because: plateauWords(throughput!, knee, flow.p0),
      }
    default:
      return knee satisfies never
  }
}

function plateauWords(
  { c, plateau, collapse, burstAbsorbed }: NonNullable<KneeReading['throughput']>,
  { fromTheStart }: { readonly fromTheStart: boolean },
  p0: number,
): string {
  const { good, seconds } = sums(plateau)
  const level = `good answers level off at ${formatRate(c * (1 - p0))} (${formatNumber(good, 6)} in ${formatNumber(seconds)} s above it)`
  if (fromTheStart)
    return `${level}, already at the lowest rate measured: a lower one would tell what fails at any load`
  if (burstAbsorbed) return `${level} once a burst allowance is used up`
  return collapse === undefined ? level : `${level} and collapse at ${formatRate(collapse.rate)}`
}

function definitionOf(records: readonly WindowRecord[], { knee, flow, calm }: KneeReading): string {
  const rates = risingRecords(records).map(({ rate }) => rate)
  const range =
    rates.length === 0
      ? 'no load that rose'
      : `${formatNumber(sums(calm).seconds)} s of load rising from ${formatRate(smallest(rates))} to ${formatRate(largest(rates))}`
  const baseline =
    knee.by !== 'nothing' && flow.p0 > 0 ? ` beyond the ${formatShare(flow.p0)} that fail at low load` : ''
  return (
    `The highest offered rate at which, within this run, at most ${formatShare(TOLERATED_ERRORS)} of the requests fail` +
    `${baseline} and the backlog does not grow, told apart at a scale of ${formatShare(RESOLUTION)}; from ${range}.`
  )
}
