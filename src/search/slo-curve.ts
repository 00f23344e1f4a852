import type { Crossing } from './loss-curve.ts'

/** A level of constant load: so many answers, of which `misses` were bad or late. */
export interface MissLevel {
  readonly rate: number
  readonly answers: number
  readonly misses: number
  /** Variance of the misses over their mean, as far as the seconds tell. */
  readonly idc: number
}

/** The tail of the response times as a queue near saturation has it: ln P(T > t) = a − κ·(1 − λ/S). */
export interface TailLaw {
  readonly saturation: number
  /** Standard error of it, as a share. */
  readonly error: number
  /** c_a² + c_s². */
  readonly variance: number
  /** κ, as far as the flow tells; null where waiting is not what makes answers late. */
  readonly steepness: number | null
}

/** How far a may be from 0, and ln κ from what the flow tells. */
const OFFSET = 0.25
const STEEPNESS_SPREAD = 0.2
/** Half of χ²(0.95) with one degree of freedom, and its root. */
const DROP = 1.92
const Z = 1.96
/** Size of a clump, in (c_a² + c_s²)/(1 − ρ)² requests. */
const CLUMP = 2
/** 1 − λ/S and κ that are looked at. */
const HEADROOMS: readonly number[] = Array.from({ length: 240 }, (_, i) => 0.003 * (i + 1))
const STEEPNESSES: readonly number[] = Array.from({ length: 80 }, (_, i) => 2 * 1.08 ** i)

/**
 * Where the share of late answers crosses `limit`, by the levels below saturation.
 *
 * Near it the waiting time is exponential, with κ = 2·S·t/(c_a² + c_s²) (Kingman, Mathematical Proceedings of the Cambridge
 * Philosophical Society 57(4), 1961). Late answers come in clumps, one for each time that the queue is long: at ρ of about
 * 2·(c_a² + c_s²)/(1 − ρ)² requests (M/M/1 simulated at ρ = .85 to .95 has 1.8 to 1.9 times (c_a² + c_s²)/(1 − ρ)² where 1 % are late), so that even minutes near the knee hold a handful. Hence misses over clumps are taken for Poisson, the law is
 * what is expected before, and the interval is that of the profile likelihood, with the error of S.
 */
export function sloCurve(levels: readonly MissLevel[], law: TailLaw, limit: number): Crossing {
  const points = levels.map(({ rate, answers, misses, idc }) => {
    const x = Math.max(0.01, 1 - rate / law.saturation)
    return { x, answers, misses, clump: Math.max(1, idc, (CLUMP * law.variance) / (x * x)) }
  })
  const likelihood = (headroom: number, steepness: number): number => {
    const offset = Math.log(limit) + steepness * headroom
    let sum = -0.5 * (offset / OFFSET) ** 2
    if (law.steepness !== null) sum -= 0.5 * (Math.log(steepness / law.steepness) / STEEPNESS_SPREAD) ** 2
    for (const { x, answers, misses, clump } of points) {
      const log = Math.min(0, offset - steepness * x)
      sum += (misses * log - answers * Math.exp(log)) / clump
    }
    return sum
  }
  const profile = HEADROOMS.map(headroom =>
    Math.max(...STEEPNESSES.map(steepness => likelihood(headroom, steepness))),
  )
  const best = Math.max(...profile)
  const likely = HEADROOMS.filter((_, i) => profile[i]! > best - DROP)
  const headroom = HEADROOMS[profile.indexOf(best)]!
  const at = (share: number): number => law.saturation * (1 - share)
  const shift = Z * law.error
  return {
    rate: at(headroom),
    low: at(headroom + Math.hypot(likely.at(-1)! - headroom, shift)),
    high: at(headroom - Math.hypot(headroom - likely[0]!, shift)),
  }
}
