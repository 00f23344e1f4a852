import type { SearchEstimate } from '../result/search-record.ts'
import { formatDuration, formatRate, formatShare } from '../units/format.ts'
import { EPSILON } from './epsilon.ts'
import { calmShare, calmShareError } from './calm.ts'
import { highestCarried, isLoad } from './highest-carried.ts'
import { holdBounds } from './hold-bounds.ts'
import type { HeldLevel } from './hold-bounds.ts'
import { flowVariance } from './hold-length.ts'
import { offeredAt } from './knee-guess.ts'
import { lossKnee } from './loss-knee.ts'
import { CONFIDENCE, intervalAround, marginOf } from './plateau-interval.ts'
import type { Level, Plateau, SearchState } from './search-state.ts'
import { rateOf } from './task.ts'

const Z = 1.96
/** A failed hold of which this part still comes back at its end is a short plateau, and says more than the middle. */
const STEADY = 0.96
const FEWEST_SECONDS = 3
/** An unconfirmed first plateau is a guess: no better than this, in the precision asked for. */
const GUESS = 2

export function estimateKnee(state: SearchState): SearchEstimate {
  const soaked = fromSoaks(state)
  if (soaked !== null) return soaked
  const { lower, upper } = holdBounds(state.levels)
  const plateau = state.plateaus.findLast(({ trend }) => trend !== 'collapse')
  if (state.mode === 'plateau' && plateau !== undefined) return fromPlateau(state, plateau, lower)
  if (lower !== null && upper !== null) return fromBounds(state, lower, upper)
  if (state.mode === null && plateau !== undefined && !isLimited(state)) return fromGuess(state, plateau)
  return fromOneSide(state, lower, upper)
}

export const measured = (rps: number, low: number, high: number, because: string): SearchEstimate => ({
  rps,
  low,
  high,
  confidence: CONFIDENCE,
  bound: 'measured',
  because,
})

function fromPlateau(state: SearchState, plateau: Plateau, lower: HeldLevel | null): SearchEstimate {
  const rps = offeredAt(state, plateau)
  const [low, high] = intervalAround(rps, plateau, calmShareError(state) / (1 - calmShare(state)))
  const levelled = `of ${formatRate(plateau.rate)} no more than ${formatRate(plateau.good)} came back well`
  const unconfirmed = isLimited(state)
    ? 'the generator gave out before it was confirmed'
    : 'there was no time left to confirm it'
  if (lower === null) return measured(rps, low, high, `${levelled}; ${unconfirmed}`)
  const held = `${formatRate(lower.rate)} was held for ${duration(lower.seconds)}`
  return measured(rps, Math.min(rps, Math.max(low, lower.rate)), high, `${levelled}, and ${held}`)
}

/** The capacity was seen once, at the ramp's end, and not looked at again. */
function fromGuess(state: SearchState, plateau: Plateau): SearchEstimate {
  const rps = offeredAt(state, plateau)
  const error = Math.max(marginOf(plateau), GUESS * state.goal.precision)
  const because = `of ${formatRate(plateau.rate)} ${formatRate(plateau.good)} came back well; there was no time left to look again`
  return measured(rps, rps * Math.exp(-error), rps * Math.exp(error), because)
}

function fromBounds(state: SearchState, lower: HeldLevel, upper: HeldLevel): SearchEstimate {
  const held = `${formatRate(lower.rate)} was held for ${duration(lower.seconds)}, ${formatRate(upper.rate)} was not carried`
  const crossing = lossKnee(state)
  if (crossing !== null)
    return measured(
      crossing.rate,
      crossing.low,
      crossing.high,
      `${formatShare(EPSILON)} is lost there beyond the baseline; ${held}`,
    )
  // A pass excludes an excess of ω only, and where a crowded target falls, chance decides when: the rates are not sharp bounds.
  const owed = owedAtMost(state, lower)
  const falls = state.flags.includes('collapse') || state.flags.includes('retrograde')
  const low = lower.rate * (1 - Math.min(state.omega, owed))
  const high = upper.rate * (1 + (falls ? state.omega : 0))
  return measured(Math.min(high, Math.max(low, between(state, lower, upper))), low, high, held)
}

/** Share of its load that a level may have left undone, beyond chance. */
const owedAtMost = (state: SearchState, { excess, offered }: Level): number =>
  Math.max(0, excess / offered) + Z * Math.sqrt(flowVariance(state) / offered)

/** A step that was not held until it was decided promises no more than its few requests can show. */
const shownBy = (state: SearchState, level: Level): number =>
  level.offered === 0 ? 0 : rateOf(level.task) * Math.max(0, 1 - owedAtMost(state, level))

function between(state: SearchState, lower: HeldLevel, upper: HeldLevel): number {
  const backlog = upper.bad < upper.excess / 2
  const steady = backlog && upper.tail > STEADY && upper.seconds >= FEWEST_SECONDS
  if (steady) return upper.good / upper.seconds / (1 - calmShare(state))
  return Math.sqrt(lower.rate * upper.rate)
}

/** A soak that failed is the best knowledge there is: the knee depends on how long the load lasts. */
function fromSoaks({ levels }: SearchState): SearchEstimate | null {
  const soaks = levels.filter(({ task }) => task.kind === 'soak')
  const failed = soaks.findLast(({ carried }) => carried === false)
  if (failed === undefined) return null
  const endured = soaks.find(({ carried }) => carried === true)
  const high = rateOf(failed.task)
  const gaveUp = `${formatRate(high)} was carried for ${duration(failed.seconds)} only`
  if (endured === undefined)
    return { rps: high, low: null, high, confidence: CONFIDENCE, bound: 'at-most', because: gaveUp }
  const low = rateOf(endured.task)
  return measured(low, low, high, `${gaveUp}, ${formatRate(low)} for ${duration(endured.seconds)}`)
}

const NONE = { rps: null, low: null, high: null, confidence: CONFIDENCE } as const

function fromAbove(over: Level | null): SearchEstimate {
  if (over === null || over.good === 0)
    return { ...NONE, bound: 'none', because: 'nothing was carried, and nothing came back' }
  const high = rateOf(over.task)
  const because = `${formatRate(high)} was not carried, and nothing lower was tried`
  return { ...NONE, rps: high, high, bound: 'at-most', because }
}

function fromOneSide(state: SearchState, lower: HeldLevel | null, upper: HeldLevel | null): SearchEstimate {
  const over = upper ?? lowestOver(state.levels)
  const most = over === null ? Infinity : rateOf(over.task)
  const carried = lower ?? highestCarried(state.levels, most)
  const low = carried === null ? 0 : lower === null ? shownBy(state, carried) : lower.rate
  return carried === null || low === 0 ? fromAbove(over) : fromCarried(state, carried, low, most)
}

/** `low` is what that level shows to be carried, `most` the lowest load that was not. */
function fromCarried(state: SearchState, carried: Level, low: number, most: number): SearchEstimate {
  const offered = rateOf(carried.task)
  const shows = low < offered ? `, which shows that ${formatRate(low)} is` : ''
  const held = `${formatRate(offered)} was carried for ${duration(carried.seconds)}${shows}`
  const limited = isLimited(state)
  if (most < Infinity && most > low && !limited) {
    const { guess } = state
    const rps = guess !== null && guess > low && guess < most ? guess : Math.sqrt(low * most)
    const because = `${held}, ${formatRate(most)} was not; there was no time left to close in`
    return measured(rps, low, most, because)
  }
  const because = `${held}; ${limited ? 'more could not be offered by this generator' : whyNoMore(state)}`
  return { ...NONE, rps: low, low, bound: 'at-least', because }
}

const whyNoMore = ({ flags }: SearchState): string =>
  flags.includes('reached-the-cap') ? 'more is not allowed' : 'there was no time left for more'

const isLimited = ({ flags }: SearchState): boolean => flags.includes('generator-limited')

function lowestOver(levels: readonly Level[]): Level | null {
  const over = levels.filter(level => level.carried === false && isLoad(level))
  return over.sort((a, b) => rateOf(a.task) - rateOf(b.task))[0] ?? null
}

const duration = (seconds: number): string => formatDuration(seconds * 1e9)
