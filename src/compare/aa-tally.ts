import { binomialQuantile } from '../statistics/binomial.ts'
import { findableChange } from './sensitivity.ts'
import type { Comparison, ComparisonVerdict } from './comparison.ts'

/** How often comparisons came to which verdict. */
export interface AaTally {
  readonly comparisons: number
  readonly verdicts: Readonly<Record<ComparisonVerdict, number>>
  /** Standard deviation of the pairs' changes of the deciding metric, pooled over the comparisons; null where none has one. */
  readonly pairSd: number | null
  /** The change that so many pairs find in nine of ten cases, as a share; null without `pairSd`. */
  readonly findable: number | null
}

export function tallyOf(comparisons: readonly Comparison[], pairs: number): AaTally {
  const verdicts = { regressed: 0, improved: 0, equivalent: 0, inconclusive: 0 }
  for (const { verdict } of comparisons) verdicts[verdict] += 1
  const deciding = comparisons.flatMap(
    ({ metrics, primary }) => metrics.find(({ id }) => id === primary) ?? [],
  )
  const spreads = deciding.flatMap(({ sd }) => sd ?? [])
  const pairSd =
    spreads.length === 0 ? null : Math.sqrt(spreads.reduce((sum, sd) => sum + sd * sd, 0) / spreads.length)
  const margin = deciding[0]?.margin.change
  return {
    comparisons: comparisons.length,
    verdicts,
    pairSd,
    findable: pairSd === null || margin === undefined ? null : findableChange(pairSd, pairs, ALPHA, margin),
  }
}

/** α of each side of the usual intervals. */
const ALPHA = 0.025

/** So many false verdicts on one side may chance bring at α = 2.5 % (97.5 % point of the binomial distribution): 10 of 200. */
export const mostFalse = (comparisons: number): number => binomialQuantile(0.975, comparisons, ALPHA)

/** So few finds may chance leave where nine of ten changes are found (2.5 % point): 171 of 200. */
export const fewestFound = (comparisons: number): number => binomialQuantile(0.025, comparisons, 0.9)

/** Are the false verdicts on either side no more than chance allows? */
export const isFair = ({ comparisons, verdicts }: AaTally): boolean =>
  Math.max(verdicts.regressed, verdicts.improved) <= mostFalse(comparisons)
