import type { RateEstimate } from '../analysis/findings.ts'
import { isClosed } from '../plan/plan.ts'
import type { Reading } from './comparison.ts'
import type { RunFigures } from './run-figures.ts'

/** What a run says of a metric; a run that cannot be trusted says nothing of any. */
export type Read = (run: RunFigures) => Reading

export const nothing = ({ label }: RunFigures, because: string): Reading => ({
  run: label,
  bound: 'none',
  value: null,
  low: null,
  high: null,
  because,
})

export const readKnee: Read = run => {
  const { knee } = run.findings.capacity
  return fromEstimate(run, knee, knee.because)
}

export const readSlo: Read = run => {
  const { slo } = run.findings.capacity
  return slo === null ? nothing(run, 'it did not look for a C_slo') : fromEstimate(run, slo, slo.because)
}

/** Of a search, its own record says whether the throughput was measured or is a bound. */
export const readSaturation: Read = run => {
  const { saturation } = run.findings.capacity
  const bound = run.result.search?.conclusion.saturation?.bound ?? 'measured'
  if (saturation === null) return nothing(run, whyNoSaturation(run))
  return fromEstimate(run, { ...saturation, bound }, 'the overload was too short to measure it')
}

const whyNoSaturation = ({ result }: RunFigures): string =>
  isClosed(result.plan) ? 'its throughput did not level off' : 'no overload was measured'

/** The sustained onset of any gateway status. Never seen is no bound: on a ramp a buffer hides it for a while. */
export const readOnset: Read = run => {
  const onset = run.findings.onset.any
  if (onset === null) return nothing(run, 'no gateway status was seen')
  const { rps, low, high, loadRelated } = onset
  if (!loadRelated) return nothing(run, `gateway statuses came, but not with the load: ${onset.because}`)
  if (low === null || high === null) return nothing(run, 'the onset has no interval')
  return { run: run.label, bound: 'measured', value: rps, low, high, because: null }
}

type Estimate = Pick<RateEstimate, 'rps' | 'low' | 'high' | 'bound'>

/** What a bound vouches for is its outer end: the lower one of `at-least`, the upper one of `at-most`. */
function fromEstimate(run: RunFigures, { rps, low, high, bound }: Estimate, because: string): Reading {
  const ends = [rps, low, high].filter(rate => rate !== null && rate > 0) as number[]
  if (bound === 'none' || ends.length === 0) return nothing(run, because)
  if (bound === 'measured') {
    return rps === null || rps <= 0
      ? nothing(run, because)
      : { run: run.label, bound, value: rps, low, high, because: null }
  }
  const value = bound === 'at-least' ? Math.min(...ends) : Math.max(...ends)
  return { run: run.label, bound, value, low: null, high: null, because }
}
