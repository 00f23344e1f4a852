import type { TruthRow } from './judge-search.ts'

export interface SuiteVerdict {
  readonly passed: boolean
  /** To be put behind how many are right. */
  readonly because: string
}

/** One of so many searches of a server may be wrong. */
const ONE_OF = 3
/** Share of all searches that has to be right, where any may be wrong. */
const RIGHT_SHARE = 0.95

/**
 * Each server right in two of three searches at least, and 95 % of all: a 95 % interval misses now and then, and the same server twice
 * is no chance. With fewer than three seeds all have to be right, and a search that gave no report is never forgiven.
 */
export function judgeSuite(rows: readonly TruthRow[], broken: number, seeds: number): SuiteVerdict {
  if (broken > 0) return { passed: false, because: `, and ${broken} gave no report` }
  const wrong = rows.filter(({ faults }) => faults.length > 0)
  if (wrong.length === 0) return { passed: true, because: '' }
  if (seeds < ONE_OF) return { passed: false, because: ', and all have to be' }
  const allowed = Math.floor(seeds / ONE_OF)
  const names = [...new Set(wrong.map(({ score }) => score.family))]
  const often = names.filter(name => wrong.filter(({ score }) => score.family === name).length > allowed)
  if (often.length > 0) return { passed: false, because: `, and ${often.join(', ')} too often wrong` }
  const right = 1 - wrong.length / rows.length
  if (right < RIGHT_SHARE) return { passed: false, because: ', fewer than 95 %' }
  return { passed: true, because: ', each server in at least two of three' }
}
