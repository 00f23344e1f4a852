import { gram, solveLinear } from './linear-system.ts'

/** Residuals, each divided by its standard deviation, and their derivatives by each parameter, a row for each residual. */
export interface Residuals {
  readonly values: readonly number[]
  readonly slopes: readonly (readonly number[])[]
}

export interface LeastSquares {
  readonly parameters: readonly number[]
  readonly squares: number
}

const ROUNDS = 200
const SETTLED = 1e-12

/**
 * The parameters of least squares near `start`: Gauss–Newton steps, damped by λ·diag(JᵀJ), λ a tenth after a step that
 * helps and ten times as large after one that does not (Marquardt, Journal of SIAM 11(2), 1963).
 */
export function levenbergMarquardt(
  start: readonly number[],
  residuals: (parameters: readonly number[]) => Residuals,
): LeastSquares {
  let parameters = start
  let current = residuals(parameters)
  let squares = sumOfSquares(current)
  let damping = 1e-3
  for (let round = 0; round < ROUNDS && damping < 1e12; round += 1) {
    const step = dampedStep(current, damping)
    const moved = parameters.map((value, i) => value - (step?.[i] ?? 0))
    const next = residuals(moved)
    const reached = sumOfSquares(next)
    if (step === undefined || !(reached <= squares)) {
      damping *= 10
      continue
    }
    const settled = squares - reached <= SETTLED * squares && step.every(value => Math.abs(value) < 1e-8)
    ;[parameters, current, squares, damping] = [moved, next, reached, damping / 10]
    if (settled) break
  }
  return { parameters, squares }
}

const sumOfSquares = ({ values }: Residuals): number => values.reduce((sum, value) => sum + value * value, 0)

function dampedStep({ values, slopes }: Residuals, damping: number): number[] | undefined {
  const curvature = gram(slopes)
  const descent = curvature.map((_, i) => slopes.reduce((sum, row, j) => sum + row[i]! * values[j]!, 0))
  // A parameter that nothing depends on just now stays where it is.
  const damped = curvature.map((row, i) =>
    row.map((value, j) => (i === j ? value * (1 + damping) + 1e-30 : value)),
  )
  return solveLinear(damped, descent)
}
