import { formatRate } from '../../units/format.ts'
import type { Rule } from './rule.ts'

export const clientRefused: Rule = {
  cause: 'client-refused',
  asks: 'Was this machine the limit, and not the target?',
  judge({ capacity, measured }) {
    const invalid = measured.filter(({ limits }) => limits.length > 0)
    const mostly = invalid.length > measured.length / 5
    if (invalid.length === 0 || (capacity.limitedBy !== 'generator' && !mostly)) return undefined
    const first = invalid[0]!
    return {
      certainty: 0.95,
      claim: `The load generator was the limit from ${formatRate(first.rate)} on; higher rates were not offered as planned.`,
      evidence: [
        `${invalid.length} of ${measured.length} windows are void`,
        `at ${first.window.from / 1e9} s: ${first.limits.join(', ')}`,
      ],
      next: 'raise --workers, stop what else runs on this machine, or generate from a larger one',
    }
  },
}
