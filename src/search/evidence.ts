import { shrunkDispersion } from '../statistics/shrunk-dispersion.ts'
import { calmShare } from './calm.ts'
import { EPSILON } from './epsilon.ts'
import { single, sumBins } from './bin.ts'
import type { Bin, BinSum } from './bin.ts'
import { sporadicBins } from './sporadic-bins.ts'
import type { Level, SearchState } from './search-state.ts'

/** Response times after a change of rate until as many end as begin: e⁻³ of an exponential one is left. */
const RESPONSES_TO_SETTLE = 3

/** At the start of a step, s: one second, a hundred requests (at most 3 s for them), three response times. */
export const discardSeconds = ({ residence }: SearchState, rate: number): number =>
  Math.ceil(Math.max(1, Math.min(100 / rate, 3), RESPONSES_TO_SETTLE * residence) - 1e-9)

/** Bins with what was in flight before them. */
export interface Stretch extends BinSum {
  readonly bins: readonly Bin[]
  /** X: (A − G) − p0·A, with the bad answers of sporadic outages left out. */
  readonly excess: number
  /** Bad endings beyond those of sporadic outages. */
  readonly spreadBad: number
  /** The last bins stick out by their bad answers; whether that stays cannot be told yet. */
  readonly pending: boolean
}

/** The bins of the current step but for its first `discard` seconds. */
export function currentStretch(state: SearchState, discard: number): Stretch {
  const first = Math.min(state.bins.length, discard)
  const before = first === 0 ? state.inFlightBefore : state.bins[first - 1]!.inFlight
  return stretch(state, state.bins.slice(first), before)
}

export function stretch(state: SearchState, bins: readonly Bin[], inFlightBefore: number): Stretch {
  const p0 = calmShare(state)
  const { sporadic, outage, pending } = sporadicBins(bins, p0 + EPSILON, ownsQueue(state))
  const sum = sumBins(bins.filter(bin => !outage.includes(bin)))
  const sudden = sumBins(sporadic.filter(bin => !outage.includes(bin)))
  const spreadBad = sum.bad - Math.max(0, sudden.bad - p0 * sudden.ended)
  // By what is in flight rather than by A − G: the same where every bin is valid, and a stall of the generator between two
  // bins cancels out.
  const owed = (bins.at(-1)?.inFlight ?? inFlightBefore) - inFlightBefore
  return { ...sum, bins, spreadBad, pending, excess: owed + spreadBad - p0 * sum.offered }
}

/** The first plateau ended in a growing backlog: bad answers are then not the sign of overload. */
const ownsQueue = ({ plateaus }: SearchState): boolean => plateaus.at(-1)?.room === null

/** What the closed step adds to what is known. */
export function levelOf(
  { task, steps }: SearchState,
  { bins, seconds, offered, ended, good, bad, slow, excess }: Stretch,
  carried: boolean | null,
  forced = false,
): Level {
  const seen = single(bins)
  const { idc: badIdc, df: badFreedom } = shrunkDispersion(seen.map(bin => bin.ended - bin.good))
  const { idc: missIdc } = shrunkDispersion(seen.map(bin => bin.ended - bin.good + bin.slow))
  return {
    task,
    step: steps.length - 1,
    carried,
    forced,
    seconds,
    offered,
    ended,
    good,
    bad,
    slow,
    excess,
    crowd: bins.reduce((most, { inFlight }) => Math.max(most, inFlight), 0),
    badIdc,
    badFreedom,
    missIdc,
    tail: tailOf(bins),
  }
}

function tailOf(bins: readonly Bin[]): number {
  const third = Math.max(1, Math.floor(bins.length / 3))
  const first = sumBins(bins.slice(0, third))
  const last = sumBins(bins.slice(-third))
  return first.good === 0 ? 1 : last.good / last.seconds / (first.good / first.seconds)
}
