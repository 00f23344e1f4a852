import { flowVariance } from './hold-length.ts'
import { kneeGuess } from './knee-guess.ts'
import type { Crossing } from './loss-curve.ts'
import { sloCurve } from './slo-curve.ts'
import { roomOf } from './room.ts'
import { roundRate } from './round-rate.ts'
import type { Level, SearchState } from './search-state.ts'
import { rateOf } from './task.ts'
import type { HoldTask } from './task.ts'
import { timeLeft } from './time-left.ts'

/** Requests of a hold that looks at response times, and what bounds its length, s. */
const ENOUGH = 6000
const SHORTEST = 8
const LONGEST = 20
const MOST_HOLDS = 1
/** Half-width of the interval that is good enough, in ω. */
const GOOD_ENOUGH = 1.0
/** As a share of the knee: how low to look, and what is as good as there. */
const LOWEST = 0.3
const AT_KNEE = 0.955
/** As a share of the promised time, by Little's law. */
const NEVER_NEAR = 0.4
const NO_ROOM = 0.9
/** Seconds of exponential service that what is known of the scatter before is worth. */
const USUAL_SECONDS = 20
/** Response times at little load that a promise must be above, for waiting to be what breaks it. */
const MOSTLY_WAITING = 2

/** Errors and late answers: what is left of the requests meets the promise. */
const misses = ({ bad, slow }: Level): number => bad + slow

/** The next hold in search of C_slo, the largest load at which the promised response time holds; null when there is nothing to gain. */
export function nextSloHold(state: SearchState): HoldTask | null {
  const { goal, omega } = state
  const knee = kneeGuess(state)
  if (goal.slow === undefined || knee === null || meetsPromiseAtKnee(state)) return null
  const held = telling(state).filter(({ task }) => task.kind === 'hold' && task.purpose === 'slo').length
  const found = estimateSlo(state)
  const narrow = found !== null && found.high / found.low < 1 + 2 * GOOD_ENOUGH * omega
  if ((held > 0 && narrow) || held >= MOST_HOLDS) return null
  const wanted = found === null ? knee : found.rate
  const rate = roundRate(Math.min(goal.to, knee * (1 - omega), Math.max(LOWEST * knee, wanted)))
  const least = Math.ceil(Math.min(LONGEST, Math.max(SHORTEST, ENOUGH / rate)))
  return timeLeft(state) > least + 3 ? { kind: 'hold', rate, purpose: 'slo', least, attempt: held } : null
}

/** Share of misses at most that the promise leaves. */
export const toleratedMisses = ({ goal }: Pick<SearchState, 'goal'>): number => 1 - (goal.slow?.share ?? 0)

/**
 * Held near the knee, and still the promise holds, beyond chance: where there is no room to wait for so long, or with a queue
 * that never came near it, or twice.
 */
export function meetsPromiseAtKnee(state: SearchState): boolean {
  const knee = kneeGuess(state)
  const { slow } = state.goal
  if (knee === null || slow === undefined) return false
  const within = slow.within / 1e9
  const top = telling(state).filter(({ task }) => rateOf(task) > AT_KNEE * knee)
  const total = (of: (level: Level) => number): number => top.reduce((sum, level) => sum + of(level), 0)
  const limit = toleratedMisses(state) * total(({ ended }) => ended)
  const room = roomOf(state)
  const short =
    (room !== null && room / knee + state.residence < NO_ROOM * within) ||
    top.every(({ task, crowd }) => crowd / rateOf(task) < NEVER_NEAR * within)
  if (top.length === 0 || (!short && top.length < 2)) return false
  const clumps = Math.max(1, ...top.map(({ missIdc }) => missIdc))
  return total(misses) + 2 * Math.sqrt(clumps * total(misses)) + 3 < limit
}

/** Holds only: at a settle, answers are late because of the overload before, and the ramp's steps are too short. */
const telling = ({ levels }: SearchState): readonly Level[] =>
  levels.filter(({ task, carried }) => task.kind === 'hold' && (carried === true || task.purpose === 'slo'))

/** Where the share of misses crosses what the promise leaves; null where neither the levels nor a queue can tell. */
export function estimateSlo(state: SearchState): Crossing | null {
  const knee = kneeGuess(state)
  const limit = toleratedMisses(state)
  const levels = telling(state)
  if (knee === null || levels.length === 0) return null
  const steepness = kingman(state, knee)
  if (steepness === null && !levels.some(level => misses(level) > limit * level.ended)) return null
  const seen = levels.map(level => ({
    rate: rateOf(level.task),
    answers: level.ended,
    misses: misses(level),
    idc: level.missIdc,
  }))
  const error = state.plateaus.at(-1)?.error ?? 0
  return sloCurve(seen, { saturation: knee, error, variance: usualVariance(state), steepness }, limit)
}

/** κ of waiting times. Null where the promise is about the service: there is no law for that. */
function kingman(state: SearchState, knee: number): number | null {
  const waiting = (state.goal.slow?.within ?? 0) / 1e9 - state.residence
  return waiting > MOSTLY_WAITING * state.residence ? (2 * knee * waiting) / usualVariance(state) : null
}

/**
 * c_a² + c_s², drawn towards that of exponential service as by so many seconds more: the scatter of half a minute is known to a quarter only, and the
 * rate sought moves with it by a tenth of that, while a steadier server has its rate told a little too low at worst.
 */
function usualVariance(state: SearchState): number {
  const seen = state.plateaus.at(-1)?.freedom ?? 0
  const usual = state.traffic.arrivalVariation + 1
  return (seen * flowVariance(state) + USUAL_SECONDS * usual) / (seen + USUAL_SECONDS)
}
