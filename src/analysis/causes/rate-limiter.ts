import { formatRate } from '../../units/format.ts'
import { limiterHeader } from '../limiter-header.ts'
import type { Case, Rule } from './rule.ts'

export const rateLimiter: Rule = {
  cause: 'rate-limiter',
  asks: 'Does something let a fixed rate through and turn the rest away, whatever the backends could do?',
  judge(of) {
    const { throughput } = of.reading
    const absorbed = throughput?.burstAbsorbed === true
    const header = limiterHeader(of.result.samples)
    const refuses = absorbed || (header !== undefined && countOf(of, 429) > 0)
    if (!refuses) return undefined
    const evidence: string[] = []
    if (absorbed)
      evidence.push(
        `${formatRate(throughput.c)} are let through whatever is offered, with far less scatter than a random flow has`,
        'response times of good answers stay as they are at low load: nothing queues',
      )
    if (header !== undefined) evidence.push(`a rejected answer says "${header}"`)
    return {
      certainty: absorbed && header !== undefined ? 0.97 : 0.8,
      claim: absorbed
        ? `A limiter lets ${formatRate(throughput.c)} through; this is a policy, not the capacity of the backends.`
        : 'A rate limiter turns requests away; what the backends could do was not measured.',
      evidence,
      next: 'lift the limit for the test, or ask for a higher one; then measure the capacity behind it',
    }
  },
}

function countOf({ measured }: Case, status: number): number {
  return measured
    .flatMap(({ series }) => series)
    .reduce(
      (sum, { outcome, count }) =>
        outcome.kind === 'answered' && outcome.status === status ? sum + count : sum,
      0,
    )
}
