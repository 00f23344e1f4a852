import { fitLossLaw } from '../statistics/loss-law.ts'
import { CLEAR_GAIN, toLossPoint } from './dose-response.ts'
import { shareOf } from './outages.ts'
import type { Dose } from './outages.ts'

/** Of Poisson arrivals and completions: c_a² + IDC. */
const FLOW_VARIANCE = 2
/** Part of the range of rates, from below, that may count as low load. */
const LOW_LOAD = 1 / 3
/** Requests that show a share of 0.3 % to within a half of it; more would reach into higher load. */
const ENOUGH = 1000

/** A share up to this much is taken for the baseline's without proof: as much as the knee tolerates anyway. */
const HARMLESS = 0.01

/**
 * Share p0 that is bad whatever the load: what the lowest third of the rates shows, and never the add-½ estimate,
 * which invents a quarter percent from 200 requests. A larger share must be shown not to be overload from the
 * start: beyond θ the loss law p0 + (1 − p0)(1 − θ/λ) cannot tell p0 from a lower θ, so p0 = 0 unless it fits worse.
 */
export function baselineShare(doses: readonly Dose[]): number {
  const low = shareOf(lowLoad(doses))
  if (low <= HARMLESS) return low
  // One rate alone cannot tell what fails at any load from what fails because of the load.
  if (new Set(doses.map(({ rate }) => rate)).size === 1) return 0
  const points = doses.map(toLossPoint)
  const free = fitLossLaw(points, FLOW_VARIANCE)
  const without = fitLossLaw(points, FLOW_VARIANCE, 0)
  return without.x2 - free.x2 < CLEAR_GAIN ? 0 : Math.min(low, free.p0)
}

/** The items of low load: from the lowest rate up, until there is enough to read from or a third of the range is over. */
export function lowLoad<Item extends { readonly rate: number; readonly offered: number }>(
  items: readonly Item[],
): readonly Item[] {
  const byRate = items.toSorted((a, b) => a.rate - b.rate)
  const lowest = byRate[0]?.rate ?? 0
  const limit = lowest + ((byRate.at(-1)?.rate ?? 0) - lowest) * LOW_LOAD
  let offered = 0
  const end = byRate.findIndex(item => {
    if (offered >= ENOUGH || item.rate > limit) return true
    offered += item.offered
    return false
  })
  return end < 0 ? byRate : byRate.slice(0, end)
}
