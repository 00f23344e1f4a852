/** Rare events among `offered` trials at `x`. */
export interface RareEvents {
  readonly x: number
  readonly offered: number
  readonly hits: number
}

/** Expected share of hits: p0 + e^a·(x/reference)^e. */
export interface PowerLaw {
  readonly exponent: number
  /** Pearson's sum of squares over its degrees of freedom: 1 when the law holds. */
  readonly dispersion: number
  /** Where the share beyond p0 reaches a level, and the standard error of its logarithm. */
  readonly reaches: (level: number) => { readonly x: number; readonly logError: number }
}

const ROUNDS = 60
const STEEPEST = 40

/**
 * Poisson regression of rare events on a power of x: Fisher scoring, identity link for the known base p0 (McCullagh
 * and Nelder, Generalized Linear Models, 2nd ed., §2.5). Standard errors are inflated by the dispersion.
 * Undefined where no finite exponent fits, e.g. when every hit lies above every miss.
 */
export function fitPowerLaw(points: readonly RareEvents[], p0: number): PowerLaw | undefined {
  const hits = points.reduce((sum, point) => sum + point.hits, 0)
  const offered = points.reduce((sum, point) => sum + point.offered, 0)
  const reference = points.reduce((sum, { x, offered }) => sum + x * offered, 0) / offered
  let a = Math.log(Math.max(hits / offered - p0, 1 / offered))
  let e = 2
  for (let round = 0; round < ROUNDS; round += 1) {
    const { score, information } = scoring(points, p0, { a, e, reference })
    const step = solve(information, score)
    if (step === undefined) return undefined
    const damping = Math.min(1, 2 / Math.max(Math.abs(step[0]), Math.abs(step[1]), 1e-12))
    a += damping * step[0]
    e += damping * step[1]
    if (!(Math.abs(e) < STEEPEST)) return undefined
    if (Math.abs(step[0]) + Math.abs(step[1]) < 1e-9) return describe(points, p0, { a, e, reference })
  }
  return undefined
}

interface Parameters {
  readonly a: number
  readonly e: number
  readonly reference: number
}
type Pair = readonly [number, number]
/** Symmetric two by two: the diagonal's first, the one off it, the diagonal's second. */
type Symmetric = readonly [number, number, number]

function scoring(
  points: readonly RareEvents[],
  p0: number,
  { a, e, reference }: Parameters,
): { score: Pair; information: Symmetric; pearson: number } {
  let [s0, s1, i00, i01, i11, pearson] = [0, 0, 0, 0, 0, 0]
  for (const { x, offered, hits } of points) {
    const u = Math.log(x / reference)
    const slope = offered * Math.exp(a + e * u)
    const mean = Math.max(offered * p0 + slope, 1e-300)
    s0 += ((hits - mean) / mean) * slope
    s1 += ((hits - mean) / mean) * slope * u
    i00 += (slope * slope) / mean
    i01 += ((slope * slope) / mean) * u
    i11 += ((slope * slope) / mean) * u * u
    pearson += (hits - mean) ** 2 / mean
  }
  return { score: [s0, s1], information: [i00, i01, i11], pearson }
}

function solve([m00, m01, m11]: Symmetric, [b0, b1]: Pair): Pair | undefined {
  const determinant = m00 * m11 - m01 * m01
  if (!(determinant > 1e-12 * m00 * m11)) return undefined
  return [(m11 * b0 - m01 * b1) / determinant, (m00 * b1 - m01 * b0) / determinant]
}

function describe(points: readonly RareEvents[], p0: number, { a, e, reference }: Parameters): PowerLaw {
  const { information, pearson } = scoring(points, p0, { a, e, reference })
  const dispersion = pearson / Math.max(1, points.length - 2)
  return {
    exponent: e,
    dispersion,
    reaches: level => {
      const u = (Math.log(level) - a) / e
      const [v0, v1] = solve(information, [1, u]) ?? [Infinity, Infinity]
      const variance = (v0 + u * v1) * Math.max(1, dispersion)
      return { x: reference * Math.exp(u), logError: Math.sqrt(variance) / Math.abs(e) }
    },
  }
}
