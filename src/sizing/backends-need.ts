import { formatNumber, formatRate } from '../units/format.ts'
import type { ScalingLaw } from './scaling-law.ts'
import type { BackendsNeed } from './sizing-answer.ts'
import type { SizingQuestion } from './sizing-question.ts'

/** Even with its retry budget spent, the load stays below this share of the capacity. */
export const RETRY_UTILISATION = 0.95
/** What a sum of rounded terms may lack. */
const ROUNDING = 1e-9
const MOST_BACKENDS = 1e9

export interface Demand {
  readonly question: SizingQuestion
  /** u. */
  readonly utilisation: number
  readonly load: number
}

/** The most origin load that a capacity may be planned for: u·X, and with a retry budget b also 0.95·X/(1 + b). */
export function plannedLoad(capacity: number, { question, utilisation }: Omit<Demand, 'load'>): number {
  const byHeadroom = utilisation * capacity
  const { retryBudget } = question
  return retryBudget === null
    ? byHeadroom
    : Math.min(byHeadroom, (RETRY_UTILISATION * capacity) / (1 + retryBudget))
}

/** Backends that still run when k fail, or, over Z zones, when the fullest zone is lost. */
export function survivors(n: number, { survive, zones }: SizingQuestion): number {
  const zone = zones > 1 ? Math.ceil(n / zones) : 0
  return Math.max(0, n - Math.max(survive, zone))
}

/** n₀ = min{n : X(n) carries the load}; undefined where no number does. X rises up to `peak`. */
export function leastBackends(
  capacityOf: (n: number) => number,
  peak: number | null,
  demand: Demand,
): number | undefined {
  const carries = (n: number): boolean => plannedLoad(capacityOf(n), demand) >= demand.load * (1 - ROUNDING)
  const last = topOf(capacityOf, peak, carries)
  if (!carries(last)) return undefined
  let [below, enough] = [0, last]
  while (enough - below > 1) {
    const middle = Math.floor((below + enough) / 2)
    if (carries(middle)) enough = middle
    else below = middle
  }
  return enough
}

/** A number of backends beyond which it is of no use to look. */
function topOf(
  capacityOf: (n: number) => number,
  peak: number | null,
  carries: (n: number) => boolean,
): number {
  if (peak !== null) {
    const [low, high] = [Math.max(1, Math.floor(peak)), Math.max(1, Math.ceil(peak))]
    return capacityOf(high) > capacityOf(low) ? high : low
  }
  let top = 1
  while (top < MOST_BACKENDS && !carries(top)) top *= 2
  return top
}

/** n = n₀ + k, and n ≥ n₀·Z/(Z − 1) where one of Z zones may be lost. */
export function withSpares(enough: number, { survive, zones }: SizingQuestion): number {
  const overZones = zones > 1 ? Math.ceil((enough * zones) / (zones - 1) - ROUNDING) : 0
  return Math.max(enough + survive, overZones)
}

/** By the lower end of the capacity and the upper end of the peak. */
export function backendsNeed(law: ScalingLaw, demand: Demand): BackendsNeed {
  const capacityOf = (n: number): number => law.at(n).low
  const enough = leastBackends(capacityOf, law.peakBackends, demand)
  if (enough === undefined) return { reachable: false, because: wordUnreachable(law, demand) }
  const backends = withSpares(enough, demand.question)
  if (plannedLoad(capacityOf(backends), demand) < demand.load * (1 - ROUNDING))
    return {
      reachable: false,
      because: `${formatNumber(enough, 12)} backends would do, but with the spare ones, ${formatNumber(backends, 12)}, they carry less together: beyond n* = ${formatNumber(law.peakBackends ?? 0)} each one more takes more than it brings`,
    }
  return {
    reachable: true,
    enough: { value: enough, from: wordEnough(law, enough, demand) },
    backends: { value: backends, from: wordSpares(enough, backends, demand.question) },
    because: law.because,
  }
}

function wordUnreachable(law: ScalingLaw, { utilisation, load }: Demand): string {
  if (law.peakBackends === null)
    return `${formatRate(load)} cannot be reached by adding backends: together they approach C₁/α = ${formatRate(law.perBackend.low / law.alpha)}, of which ${formatNumber(utilisation)} is less`
  const most = Math.max(1, Math.floor(law.peakBackends))
  return (
    `${formatRate(load)} cannot be reached by adding backends: beyond n* = ${formatNumber(law.peakBackends)} they carry less, ` +
    `and ${formatNumber(utilisation)} × X(${most}) = ${formatRate(utilisation * law.at(most).low)}`
  )
}

function wordEnough(law: ScalingLaw, enough: number, demand: Demand): string {
  const { question, utilisation, load } = demand
  const u = formatNumber(utilisation)
  const c = law.perBackend.low
  const withoutRetries = leastBackends(n => law.at(n).low, law.peakBackends, {
    ...demand,
    question: { ...question, retryBudget: null },
  })
  if (withoutRetries !== enough && question.retryBudget !== null)
    return (
      `n₀ = ${enough}: the retry budget asks for λₒ × (1 + b) ≤ ${RETRY_UTILISATION} × X(n₀), ` +
      `${formatRate(load)} × ${formatNumber(1 + question.retryBudget)} = ${formatRate(load * (1 + question.retryBudget))} ≤ ${RETRY_UTILISATION} × ${formatRate(law.at(enough).low)}`
    )
  if (law.kind === 'linear')
    return (
      `n₀ = ⌈λₒ / (u × C₁)⌉ = ⌈${formatRate(load)} / (${u} × ${formatRate(c)})⌉ = ` +
      `⌈${formatNumber(load / (utilisation * c))}⌉ = ${formatNumber(enough, 12)}`
    )
  return `n₀ = ${enough}, the least n with u × X(n) ≥ λₒ: ${u} × X(${enough}) = ${formatRate(utilisation * law.at(enough).low)} ≥ ${formatRate(load)}`
}

function wordSpares(enough: number, backends: number, { survive, zones }: SizingQuestion): string {
  const spare = `n = n₀ + k = ${enough} + ${survive} = ${enough + survive}`
  if (backends === enough + survive) return spare
  return (
    `n ≥ n₀ × Z / (Z − 1) = ${enough} × ${zones} / ${zones - 1} = ${formatNumber((enough * zones) / (zones - 1), 4)}, so ${backends}: ` +
    `one of ${zones} zones may be lost (${spare} would not do)`
  )
}
