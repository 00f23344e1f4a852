import { addCounts, quantileUs } from '../result/counts.ts'
import { dispersionOf } from '../statistics/dispersion.ts'
import { fitHinge } from '../statistics/hinge.ts'
import type { HingeFit, HingePoint } from '../statistics/hinge.ts'
import { tQuantile } from '../statistics/t-quantile.ts'
import { lowLoad } from './baseline.ts'
import { findCollapse, sums } from './collapse.ts'
import { sustainedFrom } from './dose-response.ts'
import type { Level } from './levels.ts'

const CHI2_95 = 3.841458820694124
const CLEAR = 3
const CLEAR_AT_THE_END = 1.64
/** Windows nearer to the hinge than this may not yet have a backlog to work on. */
const CLEAR_OF_HINGE = 1.02
const MIN_PLATEAU = 3

export interface ArrivalFlow {
  /** Share that is bad whatever the load. */
  readonly p0: number
  /** Squared coefficient of variation of the gaps between arrivals: 1 Poisson, 0 even. */
  readonly arrivalVariation: number
}

/** Where goodput departs from the offered rate. Rates are offered rates: goodput over 1 − p0. */
export interface Throughput {
  readonly c: number
  readonly low: number
  readonly high: number
  /** Index of dispersion of the good answers above it. */
  readonly idc: number
  /** Windows that the level was read from. */
  readonly plateau: readonly Level[]
  /** First window of a congestion collapse. */
  readonly collapse: Level | undefined
  /** Rejections at unchanged response times, after a burst was let through: the sign of a limiter. */
  readonly burstAbsorbed: boolean
}

/**
 * Saturation of good answers. A hinge fit over the windows until goodput collapses, if it does, says where it
 * begins; the level is then a direct count of what is completed beyond, which a misplaced hinge cannot move.
 * Undefined where the deficit above the hinge is not significant against flow noise: not reached.
 */
export function estimateThroughput(levels: readonly Level[], flow: ArrivalFlow): Throughput | undefined {
  const absorbed = afterBurst(levels, flow)
  if (absorbed !== undefined) return levelOf(absorbed, flow, { collapse: undefined, burstAbsorbed: true })
  const collapsedAt = findCollapse(levels, flow.p0)
  const collapse = collapsedAt === undefined ? undefined : levels[collapsedAt]
  const { fit, above, idc } = fitRamp(levels.slice(0, collapsedAt), flow)
  if (!isDeficitClear(above, flow, idc)) return undefined
  const plateau = above.filter(({ rate }) => rate > fit.c * CLEAR_OF_HINGE)
  if (fit.kappa > 0 || plateau.length < MIN_PLATEAU)
    return { c: fit.c, low: fit.low, high: fit.high, idc, plateau: above, collapse, burstAbsorbed: false }
  return levelOf(plateau, flow, { collapse, burstAbsorbed: false })
}

/** SE(C)/C = sqrt(IDC/N) over N completions, the dispersion itself being estimated: Student's t. */
function levelOf(
  plateau: readonly Level[],
  { p0 }: ArrivalFlow,
  rest: Pick<Throughput, 'collapse' | 'burstAbsorbed'>,
): Throughput {
  const { good, seconds } = sums(plateau)
  const c = good / seconds / (1 - p0)
  const { idc, df } = dispersionOf(
    plateau.map(level => level.good),
    plateau.map(level => (good / seconds) * level.seconds),
  )
  const error = tQuantile(0.975, df) * Math.sqrt(idc / good)
  return { c, low: c * (1 - error), high: c * (1 + error), idc, plateau, ...rest }
}

interface RampFit {
  readonly fit: HingeFit
  readonly above: readonly Level[]
  readonly idc: number
}

/** The dispersion weighs the fit and comes out of it: three rounds settle both. */
function fitRamp(levels: readonly Level[], flow: ArrivalFlow): RampFit {
  let idc = 1
  for (let round = 0; ; round += 1) {
    const points = levels.map(level => hingePoint(level, flow, idc))
    const fit = fitHinge(points, CHI2_95)
    const above = levels.filter(({ rate }) => rate > fit.c)
    const expected = ({ rate, seconds }: Level): number =>
      Math.max(0, fit.c - fit.kappa * (rate - fit.c)) * (1 - flow.p0) * seconds
    idc = dispersionOf(
      above.map(({ good }) => good),
      above.map(expected),
    ).idc
    if (round === 2) return { fit, above, idc }
  }
}

/**
 * Scaled to offered rates. Below the hinge the arrivals that came are known, so that only the backlog scatters;
 * above it the completions do, whatever came.
 */
function hingePoint(
  { rate, offered, good, seconds }: Level,
  { p0, arrivalVariation }: ArrivalFlow,
  idc: number,
): HingePoint {
  const perRequest = Math.max(rate, 1 / seconds) / seconds
  return {
    x: rate,
    line: offered / seconds,
    y: good / seconds / (1 - p0),
    varianceBelow: (arrivalVariation + idc) * perRequest,
    varianceAbove: idc * perRequest,
  }
}

function isDeficitClear(above: readonly Level[], flow: ArrivalFlow, idc: number): boolean {
  const end = above.slice(-Math.max(MIN_PLATEAU, Math.ceil(above.length / 3)))
  return deficitZ(above, flow, idc) > CLEAR && deficitZ(end, flow, idc) > CLEAR_AT_THE_END
}

/** Requests that were due and did not become good answers, in standard errors of the flow, variance (c_a² + IDC). */
function deficitZ(levels: readonly Level[], { p0, arrivalVariation }: ArrivalFlow, idc: number): number {
  const { kept, offered } = sums(levels)
  if (offered === 0) return 0
  return (offered * (1 - p0) - kept) / Math.sqrt(offered * (arrivalVariation + idc + p0))
}

/**
 * The windows after a burst allowance is used up, where there is one: errors carry the whole deficit, what is
 * let through goes on at a steady rate, and its response times stay as they were at low load, so nothing
 * queues. What was let through before then is the allowance, not capacity.
 */
function afterBurst(levels: readonly Level[], flow: ArrivalFlow): readonly Level[] | undefined {
  const shown = sustainedFrom(
    levels.map(level => ({ ...level, hits: level.bad })),
    flow.p0,
  )
  if (shown === undefined || shown === 0) return undefined
  const after = levels.slice(shown + 1)
  const { good, bad, offered } = sums(after)
  const before = goodMedianUs(lowLoad(levels.slice(0, shown)))
  const during = goodMedianUs(after)
  if (before === undefined || during === undefined || after.length < MIN_PLATEAU) return undefined
  const queues = during > 2 * before || offered - good - bad > 0.1 * bad
  return queues || !isDeficitClear(after, flow, 1) || !isSteady(after) ? undefined : after
}

/** A limiter lets the same through whatever is offered: far more regular than a Poisson flow. */
function isSteady(levels: readonly Level[]): boolean {
  const { good, seconds } = sums(levels)
  const rate = good / seconds
  const sum = levels.reduce(
    (total, level) => total + (level.good - rate * level.seconds) ** 2 / (rate * level.seconds),
    0,
  )
  return good > 0 && sum / (levels.length - 1) < 0.3
}

/** Median response time of good answers, in µs. */
export function goodMedianUs(levels: readonly Level[]): number | undefined {
  const good = levels.flatMap(({ series }) => series.filter(one => one.good))
  return quantileUs(addCounts(good.map(({ responseTimes }) => responseTimes)), 0.5)
}
