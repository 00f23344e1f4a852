import { isClosed } from '../plan/plan.ts'
import { shareDifferenceError } from '../statistics/share-difference-error.ts'
import { formatRate } from '../units/format.ts'
import { readKnee, readOnset, readSaturation, readSlo } from './capacity-readings.ts'
import type { Read } from './capacity-readings.ts'
import type { ComparedRate, MarginName, MetricComparison } from './comparison.ts'
import { figuresFor, readErrors, readPercentile } from './load-readings.ts'
import type { LoadQuestion } from './load-readings.ts'
import type { RunFigures } from './run-figures.ts'

/** Something that is read from every run and compared between the sides. */
export interface Metric extends Pick<
  MetricComparison,
  'id' | 'label' | 'group' | 'unit' | 'scale' | 'worse' | 'route'
> {
  readonly margin: MarginName
  readonly read: Read
  /** The change is known no better than this, however little the runs scatter. */
  readonly leastError?: (base: readonly RunFigures[], candidate: readonly RunFigures[]) => number
}

type Sides = readonly [base: readonly RunFigures[], candidate: readonly RunFigures[]]

export function capacityMetrics(runs: readonly RunFigures[]): readonly Metric[] {
  const capacity = {
    group: 'capacity',
    unit: 'perSecond',
    scale: 'log',
    worse: 'lower',
    route: null,
  } as const
  const of = (margin: MarginName, label: string, read: Read): Metric => ({
    id: margin,
    label,
    margin,
    read,
    ...capacity,
  })
  const promise = runs.flatMap(({ findings }) => findings.capacity.slo?.promise ?? [])[0]
  const saturation = of('saturation', 'saturation throughput', readSaturation)
  if (runs.every(({ result }) => isClosed(result.plan))) return [saturation]
  return [
    ...(promise === undefined ? [] : [of('slo', `C_slo (${promise})`, readSlo)]),
    of('knee', 'knee', readKnee),
    saturation,
    of('onset', 'onset of gateway errors', readOnset),
  ]
}

const PERCENTILES = [
  ['p50', 0.5],
  ['p95', 0.95],
  ['p99', 0.99],
] as const

/** @param withInterval read the interval within each run as well */
export function loadMetrics(
  sides: Sides,
  { slot, rateRps }: ComparedRate,
  withInterval: boolean,
): readonly Metric[] {
  const at = formatRate(rateRps)
  const latency = { unit: 'milliseconds', scale: 'log', worse: 'higher' } as const
  const percentiles = (route: string | null): readonly Metric[] =>
    PERCENTILES.map(([name, q]) => ({
      id: route === null ? `${name}@${slot}` : `${route} ${name}@${slot}`,
      label: route === null ? `${name} at ${at}` : `${route}: ${name} at ${at}`,
      margin: name,
      group: route === null ? 'load' : 'route',
      route,
      read: readPercentile(q, { rateRps, route, withInterval: withInterval && route === null }),
      ...latency,
    }))
  const names = routeNames(sides)
  return [
    ...percentiles(null),
    errorsAt(`errors@${slot}`, `errors at ${at}`, { rateRps, route: null, withInterval }),
    ...(names.length > 1 ? names.flatMap(percentiles) : []),
  ]
}

/** Of the first run; where the scenarios differ, requests that only others have are not compared. */
const routeNames = ([base]: Sides): readonly string[] =>
  base[0]?.result.plan.requests.map(({ name }) => name) ?? []

function errorsAt(id: string, label: string, question: LoadQuestion): Metric {
  const pooled = (runs: readonly RunFigures[]): { readonly hits: number; readonly of: number } =>
    runs.reduce(
      (sum, run) => {
        const { errors = 0, offered = 0 } = figuresFor(run, question) ?? {}
        return { hits: sum.hits + errors, of: sum.of + offered }
      },
      { hits: 0, of: 0 },
    )
  return {
    id,
    label,
    margin: 'errors',
    group: 'load',
    unit: 'share',
    scale: 'absolute',
    worse: 'higher',
    route: null,
    read: readErrors(question),
    leastError: (base, candidate) => shareDifferenceError(pooled(base), pooled(candidate)),
  }
}
