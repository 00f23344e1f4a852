import type { WindowFigures } from '../../analysis/findings.ts'
import type { Report } from '../report.ts'
import type { AgainstKind, Chart, Series } from '../view.ts'
import { stageMarks, timeBands } from './chart-marks.ts'
import { listOf } from './sentence.ts'
import { shareSeries } from './share-series.ts'
import { significant } from './significant.ts'

type Windows = readonly WindowFigures[]
type Frame = Pick<Chart, 'x' | 'xs' | 'marks' | 'bands'> & { readonly kind: AgainstKind }

const SUBJECTS = [
  {
    title: { load: 'Answers against connections', time: 'Answers over time' },
    note: 'One point for each window of about a second.',
    y: { label: 'per second', log: false },
    series: answerSeries,
  },
  {
    title: { load: 'Statuses against connections', time: 'Statuses over time' },
    note: 'Press a name to show or hide it.',
    y: { label: '% of requests', log: false },
    series: shareSeries,
  },
] as const

/** Answers and statuses, against the connections that asked, and over time. */
export function viewClosedCharts(report: Report): readonly Chart[] {
  const { windows } = report
  const counted = windows
    .filter(({ valid, warmup }) => valid && !warmup)
    .map(window => ({ window, connections: connectionsIn(report, window) }))
    .toSorted((a, b) => a.connections - b.connections)
  const byLoad: Frame = {
    kind: 'load',
    x: { label: 'connections' },
    xs: counted.map(({ connections }) => connections),
    marks: [],
    bands: [],
  }
  const byTime: Frame = {
    kind: 'time',
    x: { label: 'seconds into the run' },
    xs: windows.map(({ fromSeconds, toSeconds }) => significant((fromSeconds + toSeconds) / 2)),
    marks: stageMarks(report),
    bands: timeBands(report),
  }
  return SUBJECTS.flatMap(subject => [
    chart(
      subject,
      byLoad,
      counted.map(({ window }) => window),
    ),
    chart(subject, byTime, windows),
  ]).filter(({ xs }) => xs.length > 0)
}

function chart({ title, note, y, series }: (typeof SUBJECTS)[number], frame: Frame, windows: Windows): Chart {
  const shaded = [...new Set(frame.bands.map(({ label }) => label))]
  const legend = shaded.length === 0 ? '' : ` Shaded: ${listOf(shaded)}.`
  return { ...frame, title: title[frame.kind], note: note + legend, y, series: series(windows) }
}

function answerSeries(windows: Windows): readonly Series[] {
  const of = (label: string, role: Series['role'], key: 'completedRps' | 'goodRps'): Series => ({
    label,
    role,
    shown: true,
    values: windows.map(window => significant(window[key])),
  })
  return [of('answered', 'sent', 'completedRps'), of('good', 'good', 'goodRps')]
}

/** By where it lies: two stages may have one name. */
function connectionsIn({ stages, result }: Report, { fromSeconds }: WindowFigures): number {
  const index = stages.findLastIndex(stage => stage.fromSeconds <= fromSeconds)
  return result.plan.stages[index]?.connections ?? 0
}
