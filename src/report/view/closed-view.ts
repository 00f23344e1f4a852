import type { SaturationProbe } from '../../analysis/findings.ts'
import type { Report } from '../report.ts'
import type { Fact, LimitsView, ReportView } from '../view.ts'
import { viewClosedCharts } from './closed-charts.ts'
import { closedHeadlines } from './closed-headlines.ts'
import { viewClosedRoutes, viewRungs } from './closed-tables.ts'
import { meaningOfErrors, meaningOfGatewayErrors } from './definitions.ts'
import { viewClosedGenerator } from './generator-view.ts'
import { sentence } from './sentence.ts'
import { NO_OPTIONS } from './sizing-view.ts'

type ClosedParts =
  | 'headlines'
  | 'limits'
  | 'recovery'
  | 'stages'
  | 'routes'
  | 'sizing'
  | 'generator'
  | 'definitions'
  | 'loadCurve'
  | 'charts'

/** What a closed model words in its own way: nothing is offered there, so nothing can be drawn or judged against it. */
export function viewClosed(report: Report, probe: SaturationProbe): Pick<ReportView, ClosedParts> {
  return {
    headlines: closedHeadlines(report, probe),
    limits: viewClosedLimits(report, probe),
    recovery: {
      text: 'Not to be seen in a closed model: its load falls by itself when answers slow down.',
      tone: 'plain',
    },
    stages: viewRungs(report, probe),
    routes: viewClosedRoutes(report),
    sizing: { ...NO_OPTIONS, because: 'Nothing can be sized from a closed model: it has no knee.' },
    generator: viewClosedGenerator(report),
    definitions: definitions(report),
    loadCurve: null,
    charts: viewClosedCharts(report),
  }
}

const LIMITS = {
  throughput: { text: 'Throughput: more connections bring no more good answers.', tone: 'bad' },
  generator: { text: 'The load generator: it gave out before the target did.', tone: 'unsure' },
} as const

function viewClosedLimits({ trust, capacity }: Report, { because }: SaturationProbe): LimitsView {
  const rest = { saturation: null, causes: [] }
  if (!trust.ok)
    return { text: 'Cannot tell: the run cannot be believed.', tone: 'unsure', because: '', ...rest }
  const { limitedBy } = capacity
  const limit =
    limitedBy === 'throughput' || limitedBy === 'generator'
      ? LIMITS[limitedBy]
      : ({ text: 'Cannot tell: throughput was not seen to level off.', tone: 'unsure' } as const)
  return { ...limit, because: sentence(because), ...rest }
}

const definitions = ({ capacity }: Report): readonly Fact[] => [
  { label: 'throughput', value: sentence(capacity.definition) },
  {
    label: 'saturates',
    value: 'From there on, twice the connections bring less than 5 % more good answers per second.',
  },
  {
    label: 'closed model',
    value:
      'Each connection waits for its answer before it asks again, so that a slow target is asked less. Response times are not given: they would leave out every request that was due meanwhile.',
  },
  meaningOfGatewayErrors,
  meaningOfErrors,
]
