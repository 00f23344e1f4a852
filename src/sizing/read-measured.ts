import type { Findings } from '../analysis/findings.ts'
import type { WindowRecord } from '../analysis/window-record.ts'
import { isExpected } from '../plan/plan.ts'
import type { OutcomeSeries, Result } from '../result/result.ts'
import { formatRate } from '../units/format.ts'
import type { MeasuredRoute, MeasuredSystem } from './measured-system.ts'
import { calmRecords, meanResponseTime, nearKnee, quietServiceTimes } from './near-knee.ts'
import type { LeftOut } from './sizing-answer.ts'

export interface MeasuredReport {
  /** Its path. */
  readonly label: string
  readonly backends: number
  readonly result: Result
  readonly findings: Findings
  readonly records: readonly WindowRecord[]
}

export type Measured =
  | { readonly ok: true; readonly system: MeasuredSystem }
  | { readonly ok: false; readonly leftOut: LeftOut }

/** What sizing needs of a report, or why it says nothing about a capacity and what to measure instead. */
export function readMeasured(report: MeasuredReport): Measured {
  const { label, backends, result, findings, records } = report
  const refusal = whyNot(findings)
  const { rps, low, high, bound } = findings.capacity.knee
  if (refusal !== undefined || rps === null || low === null)
    return { ok: false, leftOut: { label, ...(refusal ?? NO_KNEE) } }
  const calm = calmRecords(result, records)
  const near = nearKnee(calm, rps)
  return {
    ok: true,
    system: {
      label,
      backends,
      capacity: { rps, low, high: bound === 'measured' ? high : null },
      responseTime: bound === 'measured' ? near.mean : null,
      responseTimeP99: bound === 'measured' ? near.p99 : null,
      serviceTimes: bound === 'measured' ? quietServiceTimes(calm, rps) : null,
      bytesPerAnswer: bytesPerAnswer(result, () => true),
      routes: routesOf(result, near.records),
    },
  }
}

type Refusal = Omit<LeftOut, 'label'>

const NO_KNEE: Refusal = {
  because: 'it has no knee',
  measure: 'run a ramp that goes beyond what the system carries, or a search',
}

/** A limiter's rate counts as the capacity in no sense: what stands behind it may carry more, or less. */
const LIMITER_CERTAINTY = 0.5

function whyNot({ trust, capacity, causes, saturation }: Findings): Refusal | undefined {
  if (!trust.ok)
    return {
      because: `the run cannot be trusted: ${trust.reasons.join('; ')}`,
      measure:
        causes.find(({ cause }) => cause === 'client-refused')?.next ??
        'run it again with a load generator that keeps up: more --workers, or a machine of its own',
    }
  if (saturation !== null)
    return {
      because: 'a closed model does not show a knee',
      measure: 'run an open ramp, or a search',
    }
  const { bound, rps, because } = capacity.knee
  if (bound === 'none') return { ...NO_KNEE, because: `it has no knee: ${because}` }
  if (bound === 'at-most')
    return {
      because: `its knee is only known to be at most ${formatRate(rps ?? 0)}, the lowest rate that was measured`,
      measure: 'begin at a lower rate',
    }
  const limiter = causes.find(
    ({ cause, certainty }) => cause === 'rate-limiter' && certainty > LIMITER_CERTAINTY,
  )
  return limiter === undefined
    ? undefined
    : {
        because: `what it met is the limit of a rate limiter, not a capacity: ${limiter.claim}`,
        measure: 'run it without the limiter',
      }
}

function routesOf(result: Result, near: readonly WindowRecord[]): readonly MeasuredRoute[] {
  const { plan, samples } = result
  const whole = plan.requests.reduce((sum, { weight }) => sum + weight, 0)
  return plan.requests.map((template, request) => {
    const own = near.flatMap(({ series }) => series).filter(one => one.request === request)
    const sample = samples.find(
      ({ request: of, outcome }) =>
        of === request && outcome.kind === 'answered' && isExpected(template, outcome.status),
    )
    return {
      name: template.name,
      method: template.method,
      path: template.path,
      share: template.weight / whole,
      responseTime: meanResponseTime(own),
      bytesPerAnswer: bytesPerAnswer(result, one => one.request === request),
      head: sample?.head ?? null,
    }
  })
}

/** Of good answers, heads included; 0 where there was none. */
function bytesPerAnswer({ windows, plan }: Result, counts: (series: OutcomeSeries) => boolean): number {
  let [bytes, answers] = [0, 0]
  for (const series of windows.flatMap(window => window.series)) {
    const { outcome, request } = series
    if (outcome.kind !== 'answered' || !isExpected(plan.requests[request]!, outcome.status)) continue
    if (!counts(series)) continue
    bytes += series.bytesRead
    answers += series.count
  }
  return answers === 0 ? 0 : bytes / answers
}
