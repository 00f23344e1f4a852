import type { Crossing } from './loss-curve.ts'

/** A level of constant load: so many answers, of which `misses` were bad or late. */
export interface MissLevel {
  readonly rate: number
  readonly answers: number
  readonly misses: number
  /** Variance of the misses over their mean, as far as the seconds tell. */
  readonly idc: number
}

/** How far ln share may be from 0 at saturation: service times put it off by a factor or two. */
const OFFSET = 0.5
/** Half of χ²(0.95) with one degree of freedom. */
const DROP = 1.92
/** 1 − λ/S and κ that are looked at. */
const HEADROOMS: readonly number[] = Array.from({ length: 180 }, (_, i) => 0.004 * (i + 1))
const STEEPNESSES: readonly number[] = Array.from({ length: 60 }, (_, i) => 2 * 1.1 ** i)

/**
 * Where the share of misses crosses `limit`, by the levels below the saturation S.
 *
 * Near S the tail of the waiting time is exponential: ln P(T > t) = a − κ·(1 − λ/S) with a near 0 (Kingman, Mathematical
 * Proceedings of the Cambridge Philosophical Society 57(4), 1961). Late answers come in clumps, one for each time that the
 * queue is long: at ρ of about 2/(1 − ρ)² requests. So misses over clumps are taken for Poisson, and the interval is that of the
 * profile likelihood, which a level without any miss bounds from one side only.
 */
export function sloCurve(levels: readonly MissLevel[], saturation: number, limit: number): Crossing {
  const points = levels.map(({ rate, answers, misses, idc }) => {
    const x = Math.max(0.01, 1 - rate / saturation)
    return { x, answers, misses, clump: Math.max(1, idc, 2 / (x * x)) }
  })
  const likelihood = (headroom: number, steepness: number): number => {
    const offset = Math.log(limit) + steepness * headroom
    let sum = -0.5 * (offset / OFFSET) ** 2
    for (const { x, answers, misses, clump } of points) {
      const log = Math.min(0, offset - steepness * x)
      sum += (misses * log - answers * Math.exp(log)) / clump
    }
    return sum
  }
  const profile = HEADROOMS.map(headroom => Math.max(...STEEPNESSES.map(steepness => likelihood(headroom, steepness))))
  const best = Math.max(...profile)
  const likely = HEADROOMS.filter((_, i) => profile[i]! > best - DROP)
  const at = (headroom: number): number => saturation * (1 - headroom)
  return { rate: at(HEADROOMS[profile.indexOf(best)]!), low: at(likely.at(-1)!), high: at(likely[0]!) }
}
