import type { Onset, RateEstimate } from '../analysis/findings.ts'
import type { Plan } from '../plan/plan.ts'
import type { Report } from '../report/report.ts'
import type { RunFacts } from '../result/result.ts'
import { classOf } from './class-of.ts'
import { fingerprintOf } from './fingerprint-of.ts'
import { kneeOf } from './history-row.ts'
import type { HistoryRow, OnsetFigure } from './history-row.ts'
import { latencyNear } from './latency-near.ts'
import { settingsOf } from './settings-of.ts'

/** What `toISOString` writes: instants in this form are in order of time where they are in order of the alphabet. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/

/**
 * The figures of a report as they stand in it: what the version that made it concluded. Undefined where they cannot be
 * those of a report; throws where parts of it are missing.
 */
export function rowOf(report: Report): HistoryRow | undefined {
  const { run, capacity, onset, result, stages, saturation, trust, verdict } = report
  const { plan } = result
  const figures = {
    id: run.id,
    startedAt: run.startedAt,
    name: run.name,
    scenario: scenarioOf(run.scenario, plan),
    settings: settingsOf(run.scenario.flags ?? []),
    target: run.target,
    targetClass: classOf(plan.target),
    toolVersion: run.toolVersion,
    environment: fingerprintOf(run),
    verdict,
    trusted: trust.ok,
    ended: run.ended.how,
    knee: estimateOf(capacity.knee),
    saturationRps: capacity.saturation?.rps ?? saturation?.highest?.throughputRps ?? null,
    // Reports of older versions do not have each of these.
    slo: capacity.slo ? estimateOf(capacity.slo) : null,
    onset502: onsetOf(onset['502']),
    onsetAny: onsetOf(onset.any),
    resumedFrom: (run.resumedFrom ?? []).map(({ id }) => id),
  }
  const row: HistoryRow = { ...figures, kneeWidth: null, at30: null, at60: null }
  if (!isSound(row)) return undefined
  const knee = kneeOf(row)
  if (knee === undefined) return row
  const { low, high } = row.knee
  return {
    ...row,
    kneeWidth: low === null || high === null ? null : (high - low) / knee,
    at30: latencyNear(0.3 * knee, stages, plan.stages),
    at60: latencyNear(0.6 * knee, stages, plan.stages),
  }
}

/** A URL's digest holds its port, which may be another each time. */
const scenarioOf = ({ url, digest }: RunFacts['scenario'], { requests }: Plan): string =>
  url === undefined ? digest : `URL: ${requests.map(({ method, path }) => `${method} ${path}`).join(', ')}`

const estimateOf = ({ rps, low, high, confidence, bound }: RateEstimate): RateEstimate => ({
  rps,
  low,
  high,
  confidence,
  bound,
})

function onsetOf(onset: Onset | null | undefined): OnsetFigure | null {
  if (onset === null || onset === undefined) return null
  return { rps: onset.rps, loadRelated: onset.loadRelated }
}

/** What is sorted, grouped and computed with is what it claims to be. */
function isSound(row: HistoryRow): boolean {
  const texts = [row.id, row.name, row.scenario, row.target, row.toolVersion, ...row.resumedFrom]
  const rates = [
    ...estimateRates(row.knee),
    ...(row.slo === null ? [] : estimateRates(row.slo)),
    row.saturationRps,
    row.onset502?.rps ?? null,
    row.onsetAny?.rps ?? null,
  ]
  return (
    INSTANT.test(row.startedAt) &&
    texts.every(text => typeof text === 'string') &&
    rates.every(rate => rate === null || (Number.isFinite(rate) && rate >= 0)) &&
    ['measured', 'at-least', 'at-most', 'none'].includes(row.knee.bound) &&
    ['passed', 'failed', 'inconclusive'].includes(row.verdict) &&
    typeof row.trusted === 'boolean'
  )
}

const estimateRates = ({ rps, low, high }: RateEstimate): readonly (number | null)[] => [rps, low, high]
