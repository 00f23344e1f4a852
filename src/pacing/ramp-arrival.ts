import type { Stage } from '../plan/plan.ts'

/**
 * When the area under a stage's rate reaches `area` (in arrivals), in ns from the start of the stage.
 *
 * The rate is r(t) = a + k·t, so the area by t is A = a·t + k·t²/2. Solved for t in the rationalised form of the
 * quadratic formula (Press et al., Numerical Recipes, 3rd ed., §5.6): the textbook form divides by k, so a flat
 * rate needs a branch and a nearly flat one subtracts two nearly equal numbers; this form has neither trouble.
 * The caller keeps `area` within the stage's own.
 */
export function rampArrival(stage: Pick<Stage, 'from' | 'to' | 'for'>, area: number): number {
  const a = stage.from / 1e9
  const k = (stage.to - stage.from) / 1e9 / stage.for
  const root = a + Math.sqrt(Math.max(0, a * a + 2 * k * area))
  return root === 0 ? 0 : Math.min((2 * area) / root, stage.for)
}
