import type { findOnset } from './onset.ts'
import type { OnsetEvidence } from './onset-evidence.ts'
import { isResolved, seriesFigures } from './figures.ts'
import type { RouteFigures } from './findings.ts'
import { countWhere, isError } from './window-record.ts'

/** One for each request of the scenario, over the measured windows and by intended start. */
export function routeFigures(evidence: OnsetEvidence, onsetOf: typeof findOnset): readonly RouteFigures[] {
  const { plan, measured } = evidence
  const duration = measured.reduce((sum, { seconds }) => sum + seconds, 0)
  const first = measured[0]
  const last = measured.at(-1)
  if (first === undefined || last === undefined) return []
  return plan.requests.map(({ name, method, path }, request) => {
    const own = measured.flatMap(({ series }) => series).filter(one => one.request === request)
    const sent = countWhere(own, ({ outcome }) => outcome.kind !== 'never-sent')
    return {
      name,
      method,
      path,
      fromSeconds: first.window.from / 1e9,
      toSeconds: last.window.to / 1e9,
      sent,
      sentRps: sent / duration,
      completedRps: countWhere(own, ({ outcome }) => outcome.kind === 'answered') / duration,
      goodRps: countWhere(own, ({ good }) => good) / duration,
      ...seriesFigures(own, duration),
      valid: measured.some(({ limits }) => limits.length === 0),
      latencyResolved: isResolved(measured),
      onset: onsetOf(evidence, isError, one => one.request === request),
    }
  })
}
