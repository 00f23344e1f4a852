import { toleranceOf } from './tolerance.ts'
import { score } from '../search/score.ts'
import type { Score } from '../search/score.ts'
import { isRight } from '../search/particulars.ts'
import type { LabSearch } from './search-lab.ts'

/** A search against the truth; `faults` says what is wrong with it, in words. */
export interface TruthRow {
  readonly score: Score
  readonly tolerance: number
  readonly attempt: number
  readonly faults: readonly string[]
}

export function judgeSearch({ trial, report, attempt }: LabSearch, seed: number): TruthRow {
  const tolerance = toleranceOf(trial.family)
  const { search } = report.result
  if (search === undefined) throw new Error(`${trial.family.name}: the report tells of no search`)
  const found = score(
    { trial, goal: trial.plan.search, conclusion: search.conclusion, findings: report },
    seed,
  )
  return { score: found, tolerance: tolerance.rate, attempt, faults: faultsOf(found, tolerance) }
}

export function faultsOf(
  found: Score,
  { rate, onset }: { readonly rate: number; readonly onset?: number },
): string[] {
  if (!found.trusted) return ['not trusted, three times']
  const { error, onsetError, particular } = found
  return [
    ...(error === null ? ['no rate'] : []),
    ...(error !== null && !(Math.abs(error) <= rate) ? ['rate'] : []),
    ...(found.labelRight ? [] : ['label']),
    ...(found.falseOnset ? ['false onset'] : []),
    ...(onsetError !== null && Number.isNaN(onsetError) ? ['no onset'] : []),
    ...(onsetError !== null && onset !== undefined && Math.abs(onsetError) > onset ? ['onset'] : []),
    ...(particular === null || isRight(particular) ? [] : [particular.name]),
  ]
}
