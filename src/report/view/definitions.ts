import type { Report } from '../report.ts'
import type { Fact } from '../view.ts'
import { sentence } from './sentence.ts'

export const meaningOfGatewayErrors: Fact = {
  label: 'gateway errors',
  value: 'Answers 502, 503 and 504, and 520 to 527, which Cloudflare gives.',
}

export const meaningOfErrors: Fact = {
  label: 'errors',
  value:
    'Everything that is not good: an unexpected status, a failed connection, a timeout, and what was never sent because the target held all connections.',
}

export function viewDefinitions({ capacity }: Pick<Report, 'capacity'>): readonly Fact[] {
  return [
    { label: 'knee', value: sentence(capacity.definition) },
    {
      label: 'onset',
      value: 'The rate above which a constant load would meet that status. On a ramp it is first seen later.',
    },
    {
      label: 'offered, sent, good',
      value: 'Requests that were due, that left, and whose answer had an expected status; per second.',
    },
    meaningOfGatewayErrors,
    meaningOfErrors,
    {
      label: 'response time',
      value:
        'From the intended start to the last byte, so that a stall is charged to every request that was due meanwhile.',
    },
    {
      label: 'p99',
      value: 'Nine and ninety of a hundred were at most this slow. Errs upwards, by 0.1 % at most.',
    },
    {
      label: 'timed out',
      value: 'Counted in the response times with the time at which it was given up, its deadline.',
    },
  ].filter(({ value }) => value !== '')
}
