import type { ComparisonVerdict } from './comparison.ts'
import type { Sample, Samples } from './samples.ts'
import { scoreRange } from './score.ts'

/** Verdicts that the runs left out speak against, each with what they would do. */
export type Barred = Partial<Record<ComparisonVerdict, string>>

/**
 * Leaving bounds out must not make a verdict. Where a run that was left out is known to lie beyond all measured ones of its side, it
 * would move the change; the claims that it would weaken are barred.
 */
export function barredClaims({ metric, base, candidate }: Samples): Barred {
  const worse = beyond(metric, candidate).above + beyond(metric, base).below
  const better = beyond(metric, candidate).below + beyond(metric, base).above
  const both = 'a run that was left out lies beyond all measured ones of its side'
  return {
    ...(better > 0 && { regressed: `${both}, towards better`, equivalent: `${both}, towards better` }),
    ...(worse > 0 && { improved: `${both}, towards worse`, equivalent: `${both}, towards worse` }),
  }
}

/** Bounds of a side whose true score is above, or below, every measured one. */
function beyond(
  metric: Samples['metric'],
  side: readonly Sample[],
): { readonly above: number; readonly below: number } {
  const known = side.flatMap(({ score }) => score ?? [])
  const ranges = side
    .filter(({ score }) => score === undefined)
    .flatMap(({ reading }) => scoreRange(metric, reading) ?? [])
  if (known.length === 0) return { above: 0, below: 0 }
  return {
    above: ranges.filter(({ low }) => low > Math.max(...known)).length,
    below: ranges.filter(({ high }) => high < Math.min(...known)).length,
  }
}
