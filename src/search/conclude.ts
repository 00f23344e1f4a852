import type { SearchBound, SearchConclusion, SearchEstimate } from '../result/search-record.ts'
import { formatRate, formatShare } from '../units/format.ts'
import { share } from '../units/quantity.ts'
import type { Share } from '../units/quantity.ts'
import { EPSILON } from './epsilon.ts'
import { allowance, swallowed } from './burst.ts'
import { calmShare } from './calm.ts'
import { holdBounds } from './hold-bounds.ts'
import { estimateKnee, measured } from './knee-estimate.ts'
import { offeredAt } from './knee-guess.ts'
import type { Level, SearchState } from './search-state.ts'
import { intervalAround } from './plateau-interval.ts'
import { meetsPromiseAtKnee, estimateSlo } from './slo-search.ts'
import { rateOf } from './task.ts'

/** What is known by now, whether the search came to its end or was cut off. */
export function conclude(state: SearchState): SearchConclusion {
  const knee = estimateKnee(state)
  const { lower, upper } = holdBounds(state.levels)
  const above = upper ?? state.levels.findLast(({ task }) => task.kind === 'plateau') ?? null
  const endured = state.levels.find(({ task, carried }) => task.kind === 'soak' && carried === true)
  return {
    complete: state.complete,
    knee,
    mode: state.mode,
    lowerBound: boundOf(endured ?? lower),
    upperBound: boundOf(above),
    saturation: saturationOf(state),
    slo: sloOf(state, knee),
    flags: state.flags,
    plateaus: state.plateaus.map(({ good }) => good),
    absorbedRequests: absorbed(state),
    baselineShare: share(calmShare(state)),
    epsilon: share(EPSILON),
    omega: state.goal.precision,
    reachedOmega: reachedOmega(state, knee),
    holdSeconds: (endured ?? lower)?.seconds ?? null,
    recovery: state.recovery,
    loadSeconds: state.elapsed,
    plannedSeconds: state.plannedSeconds,
  }
}

function boundOf(level: Level | null): SearchBound | null {
  if (level === null || level.offered === 0) return null
  const { seconds, offered, excess } = level
  return { rps: rateOf(level.task), seconds, offered, deficit: excess / offered }
}

/** Good answers per second while more is offered than is carried, before a collapse. */
function saturationOf({ plateaus }: SearchState): SearchEstimate | null {
  const plateau = plateaus.findLast(({ trend }) => trend !== 'collapse')
  if (plateau === undefined) return null
  const { good, rate } = plateau
  return measured(good, ...intervalAround(good, plateau), `under ${formatRate(rate)}`)
}

function sloOf(state: SearchState, knee: SearchEstimate): SearchConclusion['slo'] {
  const { slow } = state.goal
  if (slow === undefined || knee.rps === null || knee.low === null) return null
  const promise = slow.text
  if (meetsPromiseAtKnee(state)) return { ...knee, because: 'it still holds at the knee', promise }
  const crossing = estimateSlo(state)
  if (crossing === null || !state.levels.some(({ task }) => task.kind === 'hold')) return null
  const most = knee.high ?? Infinity
  const because = `${formatShare(1 - slow.share)} of the answers are bad or late there`
  const [rps, low, high] = [crossing.rate, crossing.low, crossing.high].map(rate => Math.min(most, rate))
  return { ...measured(rps!, low!, high!, because), promise }
}

/** A buffer or an allowance that was seen to be used up: the requests beyond the sustained rate that it took. */
function absorbed(state: SearchState): number | null {
  const plateau = state.plateaus.at(-1)
  if (plateau === undefined || !state.flags.includes('burst-absorbing')) return null
  const capacity = offeredAt(state, plateau)
  return Math.round(allowance(state, capacity) ?? swallowed(state, capacity))
}

/** What the load that was spent can tell apart: ω once the knee is confirmed, else half of what is left open. */
function reachedOmega({ mode, complete, omega }: SearchState, { low, high }: SearchEstimate): Share | null {
  if (low === null || high === null) return null
  const open = Math.sqrt(high / low) - 1
  return share(mode === 'plateau' && complete ? omega : open)
}
