import type { Comparison } from '../compare/comparison.ts'
import { viewComparison } from '../report/compare/view-comparison.ts'
import type { GateRule } from './gate.ts'
import { FAILED, PASSED, leftOpen } from './gate.ts'

/** Is any figure worse than the baseline's by more than its margin? */
export function comparisonRule(comparison: Comparison, strict: boolean): GateRule {
  const { verdict, headline } = viewComparison(comparison)
  const change =
    headline === null
      ? ''
      : `, ${headline.label} ${headline.base} → ${headline.candidate} (${headline.change})`
  const differences = comparison.differences.map(({ what }) => what).join(', ')
  const forced = differences === '' ? '' : ` Compared by force: the runs differ in ${differences}.`
  return {
    group: 'comparison',
    run: null,
    name: 'no regression against the baseline',
    ...answerOf(comparison, strict),
    measured: `${verdict.word}${change}`,
    because: `${verdict.because}${forced}`,
  }
}

function answerOf(
  { verdict, differences }: Comparison,
  strict: boolean,
): Pick<GateRule, 'verdict' | 'warned'> {
  switch (verdict) {
    case 'regressed':
      return FAILED
    case 'improved':
    case 'equivalent':
      return { ...PASSED, warned: differences.length > 0 }
    case 'inconclusive':
      return leftOpen(strict)
    default:
      return verdict satisfies never
  }
}
