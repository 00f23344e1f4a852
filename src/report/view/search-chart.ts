import type { SearchFindings, SearchStepFigures } from '../../analysis/search/search-findings.ts'
import type { WindowFigures } from '../../analysis/findings.ts'
import type { Report } from '../report.ts'
import type { Chart, SearchPath, Series, StepKind } from '../view.ts'
import { kneeBands } from './chart-marks.ts'
import { significant } from './significant.ts'
import { wordEstimate } from './estimate-wording.ts'
import { KIND_NAMES, stepKind } from './step-kind.ts'

const KINDS = Object.keys(KIND_NAMES) as readonly StepKind[]
/** Two windows meet at one instant; a chart's x axis has to rise. */
const GAP_SECONDS = 1e-3

/** The rate of each step over time, by what it was for or what came of it, and the good answers meanwhile. */
export function viewSearchChart({ steps }: SearchFindings, report: Report): Chart {
  const { windows, result } = report
  const stepOf = new Map(steps.map(step => [step.stage, step]))
  const own = windows.map((_, i) => stepOf.get(result.windows[i]?.stage ?? -1))
  const edges = windows.flatMap(({ fromSeconds, toSeconds }) => [fromSeconds, toSeconds - GAP_SECONDS])
  const bands = kneeBands(report, 'y')
  return {
    kind: 'search',
    title: 'The path of the search',
    note: `Thick: the offered rate, by what the step was for. Thin: good answers.${bands.length === 0 ? '' : ' Shaded: the interval of the knee.'}`,
    x: { label: 'seconds into the run' },
    y: { label: 'per second', log: false },
    xs: edges,
    series: [
      goodAnswers(windows),
      ...KINDS.filter(kind => steps.some(step => stepKind(step) === kind)).map(kind => rates(own, kind)),
    ],
    bands,
    marks: [],
  }
}

const goodAnswers = (windows: readonly WindowFigures[]): Series => ({
  label: 'good answers',
  role: 'good',
  shown: true,
  values: windows.flatMap(({ goodRps }) => [significant(goodRps), significant(goodRps)]),
})

const rates = (steps: readonly (SearchStepFigures | undefined)[], kind: StepKind): Series => ({
  label: KIND_NAMES[kind],
  role: kind,
  shown: true,
  values: steps.flatMap(step => {
    const rate = step !== undefined && stepKind(step) === kind ? significant(step.rateRps) : null
    return [rate, rate]
  }),
})

export function viewSearchPath({ steps }: SearchFindings, { trust, capacity }: Report): SearchPath {
  const { low, high, rps, bound } = capacity.knee
  const ends = [low, rps, high].filter(end => end !== null)
  return {
    steps: steps.map(step => {
      const { fromSeconds, toSeconds, rateRps } = step
      const kind = stepKind(step)
      return { fromSeconds, toSeconds, rateRps, kind, name: KIND_NAMES[kind] }
    }),
    knee:
      trust.ok && bound !== 'none' && ends.length > 0
        ? {
            low: Math.min(...ends),
            high: Math.max(...ends),
            label: `knee ${wordEstimate(capacity.knee).value}`,
          }
        : null,
    rateLabel: 'rate/s',
    timeLabel: 'seconds',
    empty: 'No chart: the search was over before its first step was.',
  }
}
