/** Beyond so many idle times the alternating series loses digits, and what is left decays with a single rate. */
const EXACT_FOR = 60
const ROUNDS = 200

/**
 * Requests, the one that fetches included, that one fetch of an object serves: M. The copy is used until it is `life` (s) old, and
 * is lost earlier when nobody asks for it for `idle` (s): a time to live and the characteristic time of an LRU cache at once.
 * Requests are Poisson at `rate` (1/s), so 1/M of them miss.
 *
 * M(t) = 1 + ∫₀^min(t,T) λe^(−λx)·M(t − x)dx by the first request after the fetch; solved by steps of T, with a = λT and n = t/T:
 * M = Σ_{k ≤ n} (−e^(−a))ᵏ·(xᵏ/k! + xᵏ⁺¹/(k + 1)!), x = a(n − k). Without LRU (T ≥ t) only k = 0 is left, 1 + λt (Jung, Berger and
 * Balakrishnan, INFOCOM 2003); without expiry M → e^a, Che's approximation.
 */
export function requestsPerFetch(rate: number, life: number, idle: number = Infinity): number {
  if (life <= idle) return 1 + rate * life
  if (idle <= 0) return 1
  const a = rate * idle
  const n = life / idle
  if (n <= EXACT_FOR) return bySteps(a, n)
  const limit = Math.exp(a)
  if (limit === Infinity) return 1 + rate * life
  const reached = bySteps(a, EXACT_FOR)
  return reached - (limit - reached) * Math.expm1(-decay(a) * (n - EXACT_FOR))
}

function bySteps(a: number, n: number): number {
  let sum = 0
  let logFactorial = 0
  for (let k = 0; k <= n; k += 1) {
    if (k > 0) logFactorial += Math.log(k)
    const x = a * (n - k)
    const term = k === 0 ? 1 : Math.exp(k * (Math.log(x) - a) - logFactorial)
    sum += (k % 2 === 0 ? 1 : -1) * term * (1 + x / (k + 1))
  }
  return sum
}

/** The smaller root z of z = a·e^(−a)·e^z: the slowest part of the way to the limit, per idle time. */
function decay(a: number): number {
  const c = a * Math.exp(-a)
  let z = 0
  for (let round = 0; round < ROUNDS; round += 1) z = c * Math.exp(z)
  return z
}
