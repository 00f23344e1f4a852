import { logGamma, stirlingRest } from './log-gamma.ts'
import { normalQuantile } from './normal-quantile.ts'

const TINY = 1e-300
const MAX_TERMS = 1_000_000
const HALF_LOG_2_PI = 0.9189385332046728

/** Both regularised incomplete gamma functions of a > 0 at x ≥ 0: P is the distribution function of Gamma(a), Q = 1 − P. */
export interface IncompleteGamma {
  readonly lower: number
  readonly upper: number
}

/**
 * P(a, x) by its series below a + 1, Q(a, x) by its continued fraction (Lentz's method) from there on; the small one of the
 * two is never got by subtraction (Press et al., Numerical Recipes, 3rd ed., §6.2).
 */
export function incompleteGamma(a: number, x: number): IncompleteGamma {
  if (x <= 0) return { lower: 0, upper: 1 }
  if (x === Infinity) return { lower: 1, upper: 0 }
  const front = Math.exp(logFront(a, x))
  if (x < a + 1) {
    const lower = front * series(a, x)
    return { lower, upper: 1 - lower }
  }
  const upper = front * continuedFraction(a, x)
  return { lower: 1 - upper, upper }
}

/**
 * ln(x^a·e^−x/Γ(a)). Its three terms are as large as a·ln a and nearly cancel; for large a the leading Stirling terms
 * are cancelled on paper.
 */
function logFront(a: number, x: number): number {
  if (a < 10) return a * Math.log(x) - x - logGamma(a)
  const off = (x - a) / a
  const exponent = off > -0.5 ? off - Math.log1p(off) : off - Math.log(x / a)
  return 0.5 * Math.log(a) - HALF_LOG_2_PI - stirlingRest(a) - a * exponent
}

/** Σ xⁿ/(a(a + 1)…(a + n)). */
function series(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; n <= MAX_TERMS && term > sum * 1e-17; n += 1) {
    term *= x / (a + n)
    sum += term
  }
  return sum
}

function continuedFraction(a: number, x: number): number {
  const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value)
  let b = x + 1 - a
  let c = 1 / TINY
  let d = 1 / away(b)
  let fraction = d
  for (let n = 1; n <= MAX_TERMS; n += 1) {
    const step = -n * (n - a)
    b += 2
    d = 1 / away(step * d + b)
    c = away(b + step / c)
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return fraction
}

/**
 * The x with P(a, x) = p: Newton's method kept inside a bracket that bisection would use, from the cube-root approximation of
 * Wilson and Hilferty (PNAS 17(12), 1931).
 */
export function inverseIncompleteGamma(p: number, a: number): number {
  if (p <= 0) return 0
  if (p >= 1) return Infinity
  let low = 0
  let high = Infinity
  let x = firstGuess(p, a)
  for (let i = 0; i < 400; i += 1) {
    const { lower, upper } = incompleteGamma(a, x)
    const off = p < 0.5 ? lower - p : 1 - p - upper
    if (off > 0) high = x
    else low = x
    const density = Math.exp(logFront(a, x)) / x
    const newton = x - off / density
    const middle = high === Infinity ? 2 * x : (low + high) / 2
    const next = newton > low && newton < high ? newton : middle
    if (Math.abs(next - x) <= 1e-15 * x) return next
    x = next
  }
  return x
}

function firstGuess(p: number, a: number): number {
  const root = 1 - 1 / (9 * a) + normalQuantile(p) / (3 * Math.sqrt(a))
  // Near 0 the distribution function is x^a/Γ(a + 1).
  return root > 0.2 ? a * root ** 3 : Math.exp((Math.log(p) + logGamma(a + 1)) / a)
}
