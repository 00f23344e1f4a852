import type { Comparison } from '../../compare/comparison.ts'

/** The comparison as it is, with every number behind the words. `schema` comes first and says how to read the rest. */
export function renderComparisonJson(comparison: Comparison): string {
  return `${JSON.stringify(comparison, null, 2)}\n`
}
