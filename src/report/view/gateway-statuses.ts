import { isGatewayStatus } from '../../analysis/gateway-status.ts'
import type { OnsetStatus } from '../../plan/promise-clause.ts'
import type { Report } from '../report.ts'

/** The statuses with an onset of their own that were seen; others of a gateway show only in the union. */
export function seenStatuses(onset: Report['onset']): readonly OnsetStatus[] {
  const seen = (['502', '503', '504'] as const).filter(status => onset[status] !== null)
  return seen.length === 0 && onset.any !== null ? ['any'] : seen
}

/** `502`, or `gateway error` for the union. */
export const statusName = (status: OnsetStatus): string => (status === 'any' ? 'gateway error' : status)

export const gatewayErrors = (statuses: Readonly<Record<string, number>>): number =>
  Object.entries(statuses).reduce(
    (sum, [status, count]) => sum + (isGatewayStatus(Number(status)) ? count : 0),
    0,
  )
