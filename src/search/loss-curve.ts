import type { Level } from './search-state.ts'
import { rateOf } from './task.ts'

/** Where a share crosses a limit as the load grows, with a 95 % interval. */
export interface Crossing {
  readonly rate: number
  readonly low: number
  readonly high: number
}

export interface LossPoint {
  readonly rate: number
  /** What a request is a hit for: the share is hits over trials, beyond `base`. */
  readonly trials: number
  readonly hits: number
}

/** The steepness that a loss system shows where nothing is known: Erlang B with 8 slots at 1 %. */
const USUAL_STEEPNESS = 5
/** How sure that is, as the inverse of its variance: give or take half of it. */
const BELIEF = (USUAL_STEEPNESS / 2) ** -2
/** Standard errors of the slope that the interval allows for. */
const FLATTER = 0.5
const FLATTEST = 1
const STEEPEST = 60

/**
 * In ln λ and ln share a loss curve bends down: by k = y''/y'², −0.12 for Erlang B with 8 slots at 1 % and −0.25 with 100
 * (from e = c − a(1 − B), its slope). A straight line through levels on both sides of the limit would cross it too high.
 */
const BEND = -0.18
/** How far from the limit, as a factor of the share, a level still says something about where it is crossed. */
const NEAR = 2.5
const FARTHEST = 3
const ROUNDS = 30
const Z = 1.96

/** ln λ where the limit is crossed, and the slope there: of the line that the curve is but for its bend. */
interface Line {
  readonly crossing: number
  readonly steepness: number
}

interface Fit extends Line {
  readonly error: number
}

/**
 * ln(share/limit) = b·(ln λ − ln λ*), but for the bend, solved for λ*. A loss system has no plateau at its knee, but every level near
 * it tells where the limit is crossed. Poisson regression by reweighted least squares (McCullagh and Nelder, Generalized Linear
 * Models, 1989, §2.5): weights by what was to be expected, for levels that lost more by chance must not count for more. `clumps` is
 * the variance of the hits over their mean.
 */
export function lossCrossing(
  points: readonly LossPoint[],
  base: number,
  limit: number,
  clumps: number,
): Crossing | null {
  const usable = points.filter(({ trials }) => trials > 0)
  const first = usable.toSorted((a, b) => farness(a, base + limit) - farness(b, base + limit))[0]
  if (first === undefined || usable.every(({ hits, trials }) => hits <= base * trials)) return null
  let fit: Fit = { crossing: Math.log(first.rate), steepness: USUAL_STEEPNESS, error: Infinity }
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = refit(usable, fit, { base, limit, clumps })
    if (next === null) return null
    fit = next
  }
  const { crossing, error } = fit
  return {
    rate: Math.exp(crossing),
    low: Math.exp(crossing - Z * error),
    high: Math.exp(crossing + Z * error),
  }
}

const farness = ({ hits, trials }: LossPoint, share: number): number =>
  Math.abs(Math.log((hits + 0.5) / trials / share))

interface Losses {
  readonly base: number
  readonly limit: number
  readonly clumps: number
}

function refit(points: readonly LossPoint[], line: Line, { base, limit, clumps }: Losses): Fit | null {
  const seen = points.map(({ rate, trials, hits }) => {
    const x = Math.log(rate)
    const straight = Math.max(-FARTHEST, Math.min(FARTHEST, line.steepness * (x - line.crossing)))
    const y = straight + (BEND / 2) * straight * straight
    const beyond = trials * limit * Math.exp(y)
    const expected = beyond + base * trials
    const growth = beyond * (1 + BEND * straight)
    const near = Math.exp(-0.5 * (y / Math.log(NEAR)) ** 2)
    return {
      x,
      y: straight + (hits - expected) / growth,
      weight: (near * growth * growth) / (clumps * Math.max(expected, 1)),
    }
  })
  const total = seen.reduce((sum, { weight }) => sum + weight, 0)
  if (!(total > 0)) return null
  const mean = (of: (point: (typeof seen)[number]) => number): number =>
    seen.reduce((sum, point) => sum + point.weight * of(point), 0) / total
  const [x, y] = [mean(point => point.x), mean(point => point.y)]
  const spread = mean(point => (point.x - x) ** 2)
  // Levels that lie close together tell little of the slope, and one too steep by chance would narrow the interval.
  const tells = total * spread
  const slope =
    (total * mean(point => (point.x - x) * (point.y - y)) + BELIEF * USUAL_STEEPNESS) / (tells + BELIEF)
  const steepness = Math.min(STEEPEST, Math.max(FLATTEST, slope))
  // No level lies further away than this from where the limit is crossed.
  const crossing = Math.max(x - FARTHEST, Math.min(x + FARTHEST, x - y / steepness))
  // A search stops when the interval is narrow, which it is sooner where the slope came out too steep.
  const flatter = Math.max(FLATTEST, steepness - FLATTER / Math.sqrt(tells + BELIEF))
  const error = Math.sqrt(1 / total + (crossing - x) ** 2 / (tells + BELIEF)) / flatter
  return { crossing, steepness, error }
}

/** Levels of constant load at which losses can be read. */
export function lossPoints(levels: readonly Level[]): readonly LossPoint[] {
  return levels
    .filter(({ task, ended }) => ended > 0 && task.kind !== 'plateau' && task.kind !== 'baseline')
    .map(level => ({ rate: rateOf(level.task), trials: level.ended, hits: level.bad }))
}
