import { formatRate } from '../../units/format.ts'
import type { Result } from '../../result/result.ts'
import { lackingResource } from '../client-resource.ts'
import { countWhere } from '../window-record.ts'
import type { WindowRecord } from '../window-record.ts'
import type { Rule } from './rule.ts'

export const clientRefused: Rule = {
  cause: 'client-refused',
  asks: 'Was this machine the limit, and not the target?',
  judge({ result, capacity, measured }) {
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
      next: nextStep(result, invalid),
    }
  },
}

/** More processors do not help a machine that has no descriptor or port left. */
function nextStep({ samples, run }: Result, invalid: readonly WindowRecord[]): string {
  const series = invalid.flatMap(record => record.series)
  const lacksResource =
    countWhere(
      series,
      ({ outcome }) => outcome.kind === 'never-sent' && outcome.reason === 'client-resources',
    ) > 0
  if (lacksResource) return lackingResource(samples).remedy
  const { workers, machine } = run
  return workers < machine.cpus
    ? `raise --workers (now ${workers}, with ${machine.cpus} processors), stop what else runs on this machine, or generate from another one`
    : 'stop what else runs on this machine, or generate from another one: each of its processors has a worker already'
}
