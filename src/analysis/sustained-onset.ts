import { addCounts } from '../result/counts.ts'
import { binomialTail } from '../statistics/binomial.ts'
import { fitLossLaw } from '../statistics/loss-law.ts'
import type { LossLaw } from '../statistics/loss-law.ts'
import { formatDuration, formatRate } from '../units/format.ts'
import { findCrossing } from './crossing.ts'
import { sustainedFrom, toLossPoint } from './dose-response.ts'
import type { Onset } from './findings.ts'
import { TOLERATED_ERRORS } from './holds.ts'
import type { KneeReading } from './knee.ts'
import { latencyModeUs } from './latency-mode.ts'
import { shareOf } from './outages.ts'
import type { Dose } from './outages.ts'
import type { SeriesRecord } from './window-record.ts'

export interface OnsetCase {
  /** Of rising load, without outages; from some window on the hits are sustained. */
  readonly doses: readonly Dose[]
  readonly p0: number
  readonly knee: KneeReading
  /** The series that hit. */
  readonly hits: readonly SeriesRecord[]
  readonly firstSeenRps: number
}

type Sustained = Pick<Onset, 'rps' | 'low' | 'high' | 'because'>

const REJECTED = 3
/** Beyond this share nearly everything is lost: a collapse, which the loss law does not describe. */
const COLLAPSED = 0.9
/** The stretch below θ in which a server without a queue already loses requests. */
const JUST_BELOW = [0.75, 0.97] as const

/** c_a² + IDC: the variance per request of arrivals less completions. */
export function flowVariance({ flow, throughput }: KneeReading): number {
  return flow.arrivalVariation + (throughput?.idc ?? 1)
}

/**
 * The rate above which a constant load would meet it. By the loss law where that holds; where a timeout or a
 * collapse hides the overload at first, where the backlog begins to grow; else the rate at which the share crosses ε.
 */
export function sustainedOnset(onset: OnsetCase): Sustained {
  return fromBacklog(onset) ?? fromLossLaw(onset) ?? fromCrossing(onset)
}

/** A timeout of length T shows an overload only T·C/(λ − C) later: on a ramp of slope r at C + sqrt(2·C·T·r). */
function fromBacklog({ doses, p0, knee, hits, firstSeenRps }: OnsetCase): Sustained | undefined {
  const { throughput } = knee
  const from = sustainedFrom(doses, p0) ?? 0
  if (throughput === undefined || throughput.c >= doses[from]!.rate) return undefined
  const mode = latencyModeUs(addCounts(hits.map(({ responseTimes }) => responseTimes)))
  const { c: rps, low, high } = throughput
  const start = `the backlog begins to grow at ${formatRate(rps)}`
  if (mode !== undefined)
    return {
      rps,
      low,
      high,
      because: `${start}; a timeout of ${formatDuration(mode * 1e3)} hides it until ${formatRate(firstSeenRps)}`,
    }
  if (throughput.collapse === undefined || shareOf(doses.slice(from)) < COLLAPSED) return undefined
  return {
    rps,
    low,
    high,
    because: `${start}; goodput then collapses at ${formatRate(throughput.collapse.rate)}`,
  }
}

function fromLossLaw({ doses, p0, knee, firstSeenRps }: OnsetCase): Sustained | undefined {
  const from = sustainedFrom(doses, p0) ?? 0
  // The first failing window is partly still filling the buffer, as long as others can speak instead.
  const shown = doses.length - from > 3 ? doses.slice(from + 1) : doses.slice(from)
  if (shareOf(shown) > COLLAPSED) return undefined
  const v = flowVariance(knee)
  let law = fitLossLaw(shown.map(toLossPoint), v, p0)
  for (let round = 0; round < 2; round += 1) {
    const below = doses.slice(0, from).filter(({ rate }) => rate <= law.theta)
    law = fitLossLaw([...below, ...shown].map(toLossPoint), v, p0)
  }
  if (law.x2 / law.df > REJECTED || losesBelow(doses, p0, law)) return undefined
  const hidden =
    firstSeenRps > law.high ? `; a buffer or burst allowance hides it until ${formatRate(firstSeenRps)}` : ''
  return {
    rps: law.theta,
    low: from === 0 ? null : law.low,
    high: law.high,
    because: `beyond it exactly the excess is lost (X²/df ${(law.x2 / law.df).toFixed(1)})${hidden}`,
  }
}

/** Is there clearly more than half of ε lost just below θ? Then no queue turns the onset into an edge. */
function losesBelow(doses: readonly Dose[], p0: number, { theta }: LossLaw): boolean {
  const near = doses.filter(({ rate }) => rate > theta * JUST_BELOW[0] && rate < theta * JUST_BELOW[1])
  const offered = near.reduce((sum, dose) => sum + dose.offered, 0)
  const hits = near.reduce((sum, dose) => sum + dose.hits, 0)
  return binomialTail(hits, offered, p0 + TOLERATED_ERRORS / 2) < 0.01
}

function fromCrossing({ doses, p0 }: OnsetCase): Sustained {
  const crossing = findCrossing(doses, p0, TOLERATED_ERRORS)
  if (crossing !== undefined)
    return { ...crossing, because: 'it grows steadily with the load: here it exceeds the baseline by 1 %' }
  const from = sustainedFrom(doses, p0) ?? 0
  const rps = doses[from]!.rate
  return {
    rps,
    low: doses[from - 1]?.rate ?? null,
    high: null,
    because: 'from here on most windows show it, though it stays below 1 %',
  }
}
