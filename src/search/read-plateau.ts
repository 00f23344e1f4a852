import { shrunkDispersion } from '../statistics/shrunk-dispersion.ts'
import { calmShare, currentStretch } from './evidence.ts'
import type { Stretch } from './evidence.ts'
import { isUsual } from './drain.ts'
import { sumBins } from './bin.ts'
import type { Bin } from './bin.ts'
import { sporadicBins } from './sporadic-bins.ts'
import type { Plateau, SearchState } from './search-state.ts'
import type { PlateauTask } from './task.ts'

export interface PlateauReading extends Plateau {
  readonly on: Stretch
  /** As much comes back as is offered: it is not saturated, and not a plateau. */
  readonly carried: boolean
  readonly unsaturated: boolean
  /** It took a while until something was lost. */
  readonly swallowed: boolean
}

/** Fewer bins show no change from beginning to end. */
const FEWEST_FOR_TREND = 6
/** A change of this share in what comes back, this many standard errors beyond chance. */
const COLLAPSE = -0.15
const RISE = 0.08
const SURELY = 4
/** Less than this part of the deficit is backlog: bad answers keep it from growing. */
const BOUNDED = 0.25
/** So much of what is offered comes back where nothing is lost or owed. */
const CARRIED = 0.97
/** s */
const STEADY = 3
/** Share of bad answers above which they can bound it. */
const REFUSES = 0.02

/** What the current step shows of saturation, its first `discard` seconds left out. */
export function readPlateau(state: SearchState, { rate, round, discard }: PlateauTask): PlateauReading {
  const on = currentStretch(state, discard)
  const p0 = calmShare(state)
  const { sporadic } = sporadicBins(on.bins, p0 + 0.2, true)
  const usual = on.bins.filter(bin => bin.valid && !sporadic.includes(bin))
  // As long as a burst allowance is spent or a queue begins to build up, all of it comes back.
  const unsaturated = usual.findIndex(bin => bin.good < CARRIED * (1 - p0) * bin.offered)
  const bins = unsaturated < 0 ? usual : usual.slice(unsaturated)
  const counts = bins.map(bin => bin.good / bin.seconds)
  const good = mean(counts)
  const { idc, df } = shrunkDispersion(counts)
  const { seconds, ended, bad, offered } = sumBins(bins)
  const third = Math.floor(bins.length / 3)
  const [early, late] =
    third === 0 ? [good, good] : [mean(counts.slice(0, third)), mean(counts.slice(-third))]
  return {
    rate,
    round,
    good,
    error: good === 0 ? 1 : Math.sqrt((idc * (1 + 1 / Math.sqrt(df))) / (good * seconds)),
    idc,
    seconds,
    early,
    late,
    trend: trendOf(early, late, third),
    badShare: ended === 0 ? 0 : bad / ended,
    room: roomOf(on, bad - p0 * offered, bad / Math.max(1, ended) - p0),
    on,
    unsaturated: unsaturated < 0,
    carried: isCarried(state, rate, usual.slice(-STEADY)),
    swallowed: on.seconds - seconds >= 2,
  }
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

function roomOf({ bins, excess }: Stretch, refused: number, badShare: number): number | null {
  if (badShare < REFUSES || excess - refused > BOUNDED * excess) return null
  return bins.reduce((most, { inFlight }) => Math.max(most, inFlight), 0)
}

/** As much comes back over the last seconds as is offered, and nothing is owed any more. */
function isCarried(state: SearchState, rate: number, last: readonly Bin[]): boolean {
  const { offered, good, seconds } = sumBins(last)
  return seconds >= STEADY && good > CARRIED * (1 - calmShare(state)) * offered && isUsual(state, rate)
}
