import { shrunkDispersion } from '../statistics/shrunk-dispersion.ts'
import { calmShare } from './calm.ts'
import { currentStretch } from './evidence.ts'
import type { Stretch } from './evidence.ts'
import { isUsual } from './drain.ts'
import { single, sumBins } from './bin.ts'
import type { Bin } from './bin.ts'
import { sporadicBins } from './sporadic-bins.ts'
import type { Plateau, SearchState } from './search-state.ts'
import type { PlateauTask } from './task.ts'

export interface PlateauReading {
  readonly plateau: Plateau
  readonly on: Stretch
  /** All of it comes back: from the beginning, or by now. */
  readonly unsaturated: boolean
  readonly carried: boolean
  /** It took a while until something was lost. */
  readonly swallowed: boolean
}

/** Fewer bins show no change from beginning to end. */
const FEWEST_FOR_TREND = 6
/** A change of this share in what comes back, this many standard errors beyond chance. */
const COLLAPSE = -0.15
/** Next to nothing comes back, of the most that ever did in a second. */
const COLLAPSED = 0.1
const RISE = 0.08
const SURELY = 4
/** Less than this part of the deficit is backlog: bad answers keep it from growing. */
const BOUNDED = 0.25
/** So much of what is offered comes back where nothing is lost or owed. */
const CARRIED = 0.97
/** s */
const STEADY = 3
/** A burst allowance took all of so many s. */
const SPENT = 2
const NOTHING_LOST = 0.99
/** Share of bad answers above which they can bound it. */
const REFUSES = 0.02
/** More than this beyond p0, and more than in its other seconds, is an outage even at a plateau. */
const REFUSED_SUDDENLY = 0.2

/** What the current step shows of saturation, its first `discard` seconds left out. */
export function readPlateau(state: SearchState, { rate, round, discard }: PlateauTask): PlateauReading {
  const on = currentStretch(state, discard)
  const p0 = calmShare(state)
  const { sporadic } = sporadicBins(on.bins, p0 + REFUSED_SUDDENLY, true)
  const usual = on.bins.filter(bin => bin.valid && !sporadic.includes(bin))
  // As long as a burst allowance is spent or a queue begins to build up, all of it comes back.
  const unsaturated = usual.findIndex(bin => bin.good < CARRIED * (1 - p0) * bin.offered)
  const bins = unsaturated < 0 ? usual : usual.slice(unsaturated)
  return {
    plateau: { rate, round, ...flowOf(bins, state.peak), ...lossOf(on, bins, p0), drained: null },
    on,
    unsaturated: unsaturated < 0,
    carried: isCarried(state, rate, usual.slice(-STEADY)),
    swallowed: isSwallowed(usual.slice(0, unsaturated < 0 ? undefined : unsaturated), p0),
  }
}

type Flow = Pick<Plateau, 'good' | 'error' | 'idc' | 'freedom' | 'seconds' | 'early' | 'late' | 'trend'>

function flowOf(bins: readonly Bin[], peak: number): Flow {
  const counts = single(bins).map(bin => bin.good / bin.seconds)
  const { seconds, good: answers } = sumBins(bins)
  const good = seconds === 0 ? 0 : answers / seconds
  const { idc, df } = shrunkDispersion(counts)
  // Who looks until the error is small finds a small dispersion by chance: so it is taken one standard error larger.
  const error = good === 0 ? 1 : Math.sqrt((idc * (1 + Math.sqrt(2 / df))) / (good * seconds))
  const third = Math.floor(counts.length / 3)
  const early = third === 0 ? good : mean(counts.slice(0, third))
  const late = third === 0 ? good : mean(counts.slice(-third))
  return {
    good,
    error,
    idc,
    freedom: df,
    seconds,
    early,
    late,
    trend: third > 0 && good < COLLAPSED * peak ? 'collapse' : trendOf(early, late, third),
  }
}

function lossOf(on: Stretch, bins: readonly Bin[], p0: number): Pick<Plateau, 'badShare' | 'room'> {
  const { ended, bad, offered } = sumBins(bins)
  const badShare = ended === 0 ? 0 : bad / ended
  const backlog = on.excess - (bad - p0 * offered)
  if (badShare - p0 < REFUSES || backlog > BOUNDED * on.excess) return { badShare, room: null }
  return { badShare, room: on.bins.reduce((most, { inFlight }) => Math.max(most, inFlight), 0) }
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

function trendOf(early: number, late: number, third: number): Plateau['trend'] {
  if (third * 3 < FEWEST_FOR_TREND || early === 0) return 'steady'
  const change = (late - early) / early
  const z = ((late - early) * third) / Math.sqrt((late + early) * third)
  if (change < COLLAPSE && z < -SURELY) return 'collapse'
  return change > RISE && z > SURELY ? 'rising' : 'steady'
}

function isSwallowed(bins: readonly Bin[], p0: number): boolean {
  const { seconds, offered, good } = sumBins(bins)
  return seconds >= SPENT && good > NOTHING_LOST * (1 - p0) * offered
}

/** As much comes back over the last seconds as is offered, and nothing is owed any more. */
function isCarried(state: SearchState, rate: number, last: readonly Bin[]): boolean {
  const { offered, good, seconds } = sumBins(last)
  return seconds >= STEADY && good > CARRIED * (1 - calmShare(state)) * offered && isUsual(state, rate)
}
