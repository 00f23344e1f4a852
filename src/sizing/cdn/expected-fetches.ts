import { incompleteGamma } from '../../statistics/incomplete-gamma.ts'

/** So many standard deviations away, a tail of the Poisson distribution is below 10⁻¹⁵. */
const FAR = 9

/**
 * Fetches of one object to be expected from when its cache was empty until `time` (s), asked for at `rate` (1/s) and kept for `life`
 * (s) from each fetch. The (k + 1)-th fetch comes k lives and k + 1 waits of mean 1/λ after the start, so
 * m(t) = Σ_{k ≤ t/τ} P(Gamma(k + 1) ≤ λ(t − kτ)) (Cox, Renewal Theory, 1962, §4.2).
 */
export function expectedFetches(rate: number, life: number, time: number): number {
  if (rate <= 0 || time <= 0) return 0
  const mean = rate * time
  // Requests per fetch.
  const cycle = 1 + rate * life
  if (hasSettled(mean, cycle)) return mean / cycle + 0.5 * (1 - 1 / cycle) ** 2
  const spread = FAR * Math.sqrt(mean + 1) + FAR * FAR
  // Before the first of these every fetch has surely happened, after the last none has.
  const first = Math.max(0, Math.floor((mean - spread) / cycle))
  const last = Math.min(Math.floor(time / life), Math.ceil((mean + spread) / cycle))
  let sum = first
  for (let k = first; k <= last; k += 1) sum += surely(k + 1, rate * (time - k * life))
  return sum
}

/**
 * Whether nothing is left of the common start: the k = λt/(1 + λτ) waits so far have a standard deviation of √k/λ together, a whole cycle
 * τ + 1/λ or more. Then m(t) is its asymptote, t/μ + E[X²]/(2μ²) − E[D]/μ with X = τ + a wait, D = a wait, μ = E[X] (Cox, §4.2).
 */
const hasSettled = (mean: number, cycle: number): boolean => mean > cycle ** 3

/** P(Gamma(events) ≤ mean): that a Poisson variable of that mean is at least `events`. */
function surely(events: number, mean: number): number {
  const away = (mean - events) / Math.sqrt(Math.max(mean, events))
  if (away > FAR) return 1
  return away < -FAR ? 0 : incompleteGamma(events, mean).lower
}
