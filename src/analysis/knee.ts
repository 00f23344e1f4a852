import type { Plan } from '../plan/plan.ts'
import { smallest } from '../statistics/extremes.ts'
import { baselineShare } from './baseline.ts'
import { findCollapse, sums } from './collapse.ts'
import { findCrossing } from './crossing.ts'
import type { Crossing } from './crossing.ts'
import { CLEAR_GAIN, isotonicGain, showsAtTheTop, sustainedFrom } from './dose-response.ts'
import { TOLERATED_ERRORS, judgeHolds } from './holds.ts'
import type { Hold } from './holds.ts'
import type { Level } from './levels.ts'
import { findOutages, setApart } from './outages.ts'
import type { Dose } from './outages.ts'
import { sustainedRate } from './sustained-rate.ts'
import type { SustainedRate } from './sustained-rate.ts'
import { estimateThroughput } from './throughput.ts'
import type { ArrivalFlow, Throughput } from './throughput.ts'

/** What the rising part of the profile says about the knee, before it is put into words. */
export interface KneeReading {
  readonly flow: ArrivalFlow
  /** The windows that were read, and those left out because something struck them. */
  readonly calm: readonly Level[]
  readonly struck: readonly Level[]
  readonly throughput: Throughput | undefined
  /** Rate at which errors exceed the baseline by ε; only where they grow with the load. */
  readonly crossing: Crossing | undefined
  readonly collapse: Level | undefined
  readonly holds: readonly Hold[]
  readonly knee: Knee
}

export type Knee =
  | {
      readonly by: 'throughput' | 'errors' | 'collapse'
      readonly rps: number
      readonly low: number
      readonly high: number
      /** Nothing lower was measured that held. */
      readonly fromTheStart: boolean
    }
  | ({ readonly by: 'sustained' } & SustainedRate)
  | { readonly by: 'nothing' }

const USELESS = 0.5

export function readKnee(plan: Pick<Plan, 'arrivals' | 'stages'>, levels: readonly Level[]): KneeReading {
  const { calm, struck } = setApart(levels, findOutages(levels.map(toErrors)))
  const errors = calm.map(toErrors)
  const flow = {
    p0: calm.length === 0 ? 0 : baselineShare(errors),
    arrivalVariation: plan.arrivals === 'poisson' ? 1 : 0,
  }
  const usable = sums(calm).good > 0 && flow.p0 < USELESS
  const throughput = usable ? estimateThroughput(calm, flow) : undefined
  const crossing =
    usable && growWithLoad(errors, flow.p0) ? findCrossing(errors, flow.p0, TOLERATED_ERRORS) : undefined
  const collapsedAt = usable && throughput?.burstAbsorbed !== true ? findCollapse(calm, flow.p0) : undefined
  const holds = judgeHolds(plan, calm, flow)
  const evidence = { throughput, crossing, holds, collapse: calm[collapsedAt ?? -1] }
  return { flow, calm, struck, ...evidence, knee: usable ? choose(evidence, calm, flow) : { by: 'nothing' } }
}

const toErrors = (level: Level): Dose & Level => ({ ...level, hits: level.bad })

function growWithLoad(errors: readonly Dose[], p0: number): boolean {
  return (
    isotonicGain(errors) > CLEAR_GAIN && showsAtTheTop(errors, p0) && sustainedFrom(errors, p0) !== undefined
  )
}

type Evidence = Pick<KneeReading, 'throughput' | 'crossing' | 'collapse' | 'holds'>

/** Errors are the knee where they come clearly before saturation: a loss system without a queue. */
function choose(evidence: Evidence, levels: readonly Level[], flow: ArrivalFlow): Knee {
  const { throughput, crossing, collapse, holds } = evidence
  const lowest = smallest(levels.map(({ rate }) => rate))
  if (
    crossing !== undefined &&
    (throughput === undefined || failsBefore(levels, crossing, { throughput, flow }))
  )
    return within(holds, { by: 'errors', ...crossing, fromTheStart: crossing.rps <= lowest })
  if (throughput !== undefined) {
    const { c, low, high } = throughput
    return within(holds, { by: 'throughput', rps: c, low, high, fromTheStart: c <= lowest })
  }
  if (collapse !== undefined) return atTheEdge(collapse, levels)
  const sustained = sustainedRate(levels, flow)
  return sustained === undefined ? failsFromTheStart(holds, levels) : { by: 'sustained', ...sustained }
}

/**
 * Do errors exceed ε clearly before goodput saturates? Both intervals must lie apart, and windows between must show
 * it, most of them: a full buffer also loses its first requests just below saturation.
 */
function failsBefore(
  levels: readonly Level[],
  crossing: Crossing,
  { throughput, flow }: { readonly throughput: Throughput; readonly flow: ArrivalFlow },
): boolean {
  if (crossing.high >= throughput.low) return false
  const limit = flow.p0 + TOLERATED_ERRORS
  const between = levels.filter(({ rate }) => rate >= crossing.rps && rate <= throughput.low)
  const failing = between.filter(({ bad, offered }) => bad > offered * limit)
  const { bad, offered } = sums(between)
  return between.length >= 2 && failing.length >= between.length / 2 && bad > offered * limit
}

type Measured = Extract<Knee, { readonly rps: number; readonly low: number }>

/** Respects what the holds decided, as far as they do not contradict each other. */
function within(holds: readonly Hold[], knee: Measured): Measured {
  const ratesOf = (verdict: Hold['verdict']): number[] =>
    holds.filter(hold => hold.verdict === verdict).map(({ rate }) => rate)
  const passed = Math.max(0, ...ratesOf('pass'))
  const failed = Math.min(Infinity, ...ratesOf('fail'))
  if (passed >= failed) return knee
  const into = (rate: number): number => Math.min(failed, Math.max(passed, rate))
  return { ...knee, rps: into(knee.rps), low: into(knee.low), high: into(knee.high) }
}

/** Goodput fell before it had saturated: the knee lies between the last window that held and the first that fell. */
function atTheEdge(collapse: Level, levels: readonly Level[]): Knee {
  // A lower rate, that is: at this one it fell, however well it began.
  const low =
    levels.slice(0, levels.indexOf(collapse)).findLast(({ rate }) => rate < collapse.rate)?.rate ?? 0
  const rps = (low + collapse.rate) / 2
  return { by: 'collapse', rps, low, high: collapse.rate, fromTheStart: low === 0 }
}

function failsFromTheStart(holds: readonly Hold[], levels: readonly Level[]): Knee {
  const failed = Math.min(
    Infinity,
    ...holds.filter(({ verdict }) => verdict === 'fail').map(({ rate }) => rate),
  )
  const lowest = smallest(levels.map(({ rate }) => rate))
  if (failed > lowest) return { by: 'nothing' }
  return { by: 'errors', rps: lowest, low: 0, high: lowest, fromTheStart: true }
}
