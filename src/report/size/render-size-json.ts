import type { CdnAnswer } from '../../sizing/cdn/cdn-answer.ts'
import type { MeasuredSystem } from '../../sizing/measured-system.ts'
import type { ServerLimits } from '../../sizing/server-limits.ts'
import type { PresentBackends, Sized, SizingAnswer, SizingRow } from '../../sizing/sizing-answer.ts'
import type { SizingQuestion } from '../../sizing/sizing-question.ts'
import { oddsJson, optionJson } from './option-json.ts'
import { verificationJson } from './verification-json.ts'

/** The answer as JSON, `plimsoll/sizing@1`; units stand in the names. `docs/sizing.schema.json` describes it. */
export function renderSizeJson({
  verdict,
  because,
  question,
  systems,
  leftOut,
  sized,
  verification,
}: SizingAnswer): string {
  const document = {
    schema: 'plimsoll/sizing@1',
    verdict,
    because,
    question: questionOf(question),
    reports: systems.map(systemOf),
    leftOut,
    sized: sized === null ? null : sizedOf(sized),
    verification: verification === undefined ? null : verificationJson(verification),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

const questionOf = ({
  peak,
  scaleTime,
  loadGrowth,
  queueBudget,
  peakLasts,
  egressCost,
  ...rest
}: SizingQuestion) => ({
  peakRps: peak,
  ...rest,
  scaleTimeSeconds: scaleTime,
  loadGrowthPerSecond: loadGrowth,
  queueBudgetSeconds: queueBudget,
  peakLastsSeconds: peakLasts,
  egressCostPerGb: egressCost,
})

const systemOf = ({
  label,
  backends,
  capacity,
  responseTime,
  responseTimeP99,
  bytesPerAnswer,
}: MeasuredSystem) => ({
  report: label,
  backends,
  kneeRps: capacity,
  responseTimeMs: responseTime === null ? null : { mean: responseTime * 1000, p99: responseTimeP99! * 1000 },
  bytesPerAnswer,
})

const sizedOf = (sized: Sized) => ({
  exact: sized.exact,
  originLoadRps: sized.originLoad,
  utilisation: sized.utilisation,
  scaling: {
    ...sized.scaling,
    perBackend: undefined,
    perBackendRps: sized.scaling.perBackend,
  },
  present: presentOf(sized.present),
  need: sized.need,
  rows: sized.rows.map(rowOf),
  options: sized.options.map(optionJson),
  retries: {
    worstRps: sized.retries.worst,
    metastable: sized.retries.metastable,
    because: sized.retries.because,
  },
  cdn: sized.cdn === null ? null : cdnOf(sized.cdn),
  limits: sized.limits === null ? null : limitsOf(sized.limits),
  limitsBecause: sized.limitsBecause,
  simulation: sized.simulation === null ? null : { assumptions: sized.simulation },
  sensitivity: sized.sensitivity,
  formulas: sized.formulas,
  checks: sized.checks,
  notes: sized.notes,
})

const presentOf = ({ backends, capacity, behindCache, left, planned, hitRatio }: PresentBackends) => ({
  backends,
  capacityRps: capacity,
  behindCache,
  left,
  plannedRps: planned,
  hitRatio,
})

const rowOf = ({ reading, capacityPerBackend, originLoad, backends, odds, recommended }: SizingRow) => ({
  reading,
  recommended,
  perBackendRps: capacityPerBackend,
  originLoadRps: originLoad,
  backends,
  odds: oddsJson(odds),
})

const limitsOf = ({
  capacity,
  responseTime,
  responseTimeP99,
  queueTimeout,
  answerTimeout,
  originPeak,
  ceiling,
  ...rest
}: ServerLimits) => ({
  ...rest,
  capacityRps: capacity,
  responseTimeSeconds: responseTime,
  responseTimeP99Seconds: responseTimeP99,
  queueTimeoutSeconds: queueTimeout,
  answerTimeoutSeconds: answerTimeout,
  originPeakRps: originPeak,
  ceilingRps: ceiling,
})

const cdnOf = ({ needed, expected, holds, routes, cachingOrder, emptied, problems, ...rest }: CdnAnswer) => ({
  holds,
  because: rest.because,
  neededHitRatio: needed.hitRatio,
  neededOfCacheable: needed.ofCacheable,
  expected: {
    hitRatio: expected.hitRatio,
    originRps: expected.originRps,
    byteHitRatio: expected.byteHitRatio,
    originBytesPerSecond: expected.originBytesPerSecond,
    edgeBytesPerSecond: expected.edgeBytesPerSecond,
  },
  routes: routes.map(({ cached, hitRatio, ...route }) => ({
    ...route,
    cached: cached.kind,
    ttlSeconds: cached.kind === 'kept' ? cached.ttl : null,
    because: cached.because,
    hitRatio: hitRatio.value,
  })),
  cachingOrder,
  emptied: {
    firstRps: emptied.firstRps,
    burstRequests: emptied.burst,
    curve: emptied.curve.map(({ at, originRps }) => ({ atSeconds: at, originRps })),
    belowCapacityAfter: emptied.belowCapacityAfter,
    requestsBeyondCapacity: emptied.requestsBeyondCapacity,
  },
  problems,
  assumptions: rest.assumptions,
})
