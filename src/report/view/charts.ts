import type { WindowFigures } from '../../analysis/findings.ts'
import type { Report } from '../report.ts'
import type { AgainstKind, Band, Chart, Series } from '../view.ts'
import { kneeBands, loadMarks, stageMarks, timeBands } from './chart-marks.ts'
import { windowsOnTheWayUp } from './highest-rate.ts'
import { quantileSeries } from './quantile-series.ts'
import { rateSeries } from './rate-series.ts'
import { listOf } from './sentence.ts'
import { shareSeries } from './share-series.ts'
import { significant } from './significant.ts'

type Windows = readonly WindowFigures[]

interface Subject {
  readonly title: Readonly<Record<AgainstKind, string>>
  readonly note: string
  readonly y: Chart['y']
  readonly series: (windows: Windows, kind: AgainstKind) => readonly Series[]
  /** The knee is a rate: it can be drawn across a chart of rates over time. */
  readonly ofRates?: true
}

const SUBJECTS: readonly Subject[] = [
  {
    title: { load: 'Good answers against load', time: 'Rates over time' },
    note: 'One point for each window of about a second.',
    y: { label: 'per second', log: false },
    series: rateSeries,
    ofRates: true,
  },
  {
    title: { load: 'Statuses against load', time: 'Statuses over time' },
    note: 'Press a name to show or hide it.',
    y: { label: '% of requests', log: false },
    series: shareSeries,
  },
  {
    title: { load: 'Response time against load', time: 'Response time over time' },
    note: 'From the intended start; logarithmic.',
    y: { label: 'ms', log: true },
    series: quantileSeries,
  },
]

/** Three subjects, each against offered load, which shows the knee, and over time, which shows what happened. */
export function viewCharts(report: Report): readonly Chart[] {
  const charts = SUBJECTS.flatMap(subject => [...againstLoad(report, subject), ...overTime(report, subject)])
  return charts.filter(({ series }) => series.some(({ values }) => values.some(value => value !== null)))
}

function againstLoad(report: Report, subject: Subject): readonly Chart[] {
  const windows = windowsOnTheWayUp(report).toSorted((a, b) => a.offeredRps - b.offeredRps)
  if (windows.length === 0) return []
  const frame = {
    kind: 'load',
    x: { label: 'offered load, requests/s' },
    xs: windows.map(window => significant(window.offeredRps)),
    marks: loadMarks(report),
  } as const
  return [chart(subject, frame, kneeBands(report, 'x'), windows)]
}

function overTime(report: Report, subject: Subject): readonly Chart[] {
  const { windows } = report
  if (windows.length === 0) return []
  const frame = {
    kind: 'time',
    x: { label: 'seconds into the run' },
    xs: windows.map(({ fromSeconds, toSeconds }) => significant((fromSeconds + toSeconds) / 2)),
    marks: stageMarks(report),
  } as const
  const knee = subject.ofRates ? kneeBands(report, 'y') : []
  return [chart(subject, frame, [...timeBands(report), ...knee], windows)]
}

function chart(
  { title, note, y, series }: Subject,
  frame: Pick<Chart, 'x' | 'xs' | 'marks'> & { readonly kind: AgainstKind },
  bands: readonly Band[],
  windows: Windows,
): Chart {
  const shaded = [...new Set(bands.map(band => band.label))]
  const legend = shaded.length === 0 ? '' : ` Shaded: ${listOf(shaded)}.`
  return {
    ...frame,
    title: title[frame.kind],
    note: note + legend,
    y,
    bands,
    series: series(windows, frame.kind),
  }
}
