import type { Difference } from './comparison.ts'
import type { RunFigures } from './run-figures.ts'

/**
 * Seeds that are drawn anew for every run are all different, and chance falls on both sides alike. A seed that returns on one side is a
 * schedule of its own: the other side has to have met the same ones.
 */
export function seedDifference(
  base: readonly RunFigures[],
  candidate: readonly RunFigures[],
): readonly Difference[] {
  const [own, other] = [seedsOf(base), seedsOf(candidate)]
  const repeats = own.size < base.length || other.size < candidate.length
  const same = own.size === other.size && [...own].every(seed => other.has(seed))
  if (!repeats || same) return []
  const values = [base, candidate].map(side => ({
    value: [...seedsOf(side)].join(', '),
    runs: side.map(({ label }) => label),
  }))
  return [{ kind: 'seeds', what: 'seeds', values }]
}

const seedsOf = (runs: readonly RunFigures[]): ReadonlySet<number> =>
  new Set(runs.map(({ result }) => result.plan.seed))
