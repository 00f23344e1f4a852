import type { CapacityInterval } from '../../sizing/sizing-answer.ts'
import { formatLeastShare, formatNumber, formatRate } from '../../units/format.ts'
import type { PageChart } from '../page-view.ts'
import type { Band, Chart, Mark, Series } from '../view.ts'
import { chartTable } from '../view/page/chart-table.ts'
import { listOf, sentence } from '../view/sentence.ts'

/** What a chart of origin load against hit ratio is drawn from. Rates in 1/s, hit ratios 0 to 1. */
export interface OriginLoadSituation {
  /** What users ask for at the peak, growth included; equal where it is one number. */
  readonly peak: { readonly low: number; readonly high: number }
  /** Of the backends that there are. */
  readonly capacity: CapacityInterval
  /** What they are called: `2 backends`. */
  readonly backends: string
  /** The most origin load to plan for. */
  readonly planned: number
  /** What that is, in words: `70 % of the lower end`. */
  readonly plannedIs: string
  /** At which the peak leaves no more than that; 0 where it does anyway. */
  readonly needed: number
  /** Others worth marking: a cache that is there, one that is expected. */
  readonly marked: readonly { readonly at: number; readonly label: string }[]
}

/** In percent: fine enough for a cursor, and where the axis has its marks. */
const PERCENTS: readonly number[] = Array.from({ length: 101 }, (_, percent) => percent)
const TICKS = PERCENTS.filter(percent => percent % 10 === 0)

/** Origin load at the peak by hit ratio: peak·(1 − h), with the knee and what to plan for across it, and where it meets that. */
export function viewOriginLoad(situation: OriginLoadSituation): PageChart {
  const { needed, marked } = situation
  const crossing = needed > 0 && needed < 1 ? [needed * 100] : []
  const xs = [...new Set([...PERCENTS, ...crossing, ...marked.map(({ at }) => at * 100)])].toSorted(
    (a, b) => a - b,
  )
  const chart: Chart = {
    title: 'What reaches the backends at the peak, by hit ratio',
    note: noteOf(situation),
    kind: 'hit-ratio',
    x: {
      label: 'answered by a cache (hit ratio)',
      ticks: TICKS.map(at => ({ at, label: `${at} %` })),
      texts: xs.map(percent => formatLeastShare(percent / 100)),
    },
    y: { label: 'requests/s', log: false },
    xs,
    ...linesOf(situation, xs),
    bands: kneeBand(situation),
    marks: marksOf(situation),
  }
  const rows = [...new Set([...TICKS, ...crossing])].toSorted((a, b) => a - b)
  const table = chartTable({ ...chart, x: { ...chart.x, ticks: rows.map(at => ({ at, label: '' })) } })
  return { chart, description: describe(situation), table }
}

function linesOf(
  { peak, capacity, planned, backends }: OriginLoadSituation,
  xs: readonly number[],
): Pick<Chart, 'series' | 'between'> {
  const left = (rate: number): readonly number[] => xs.map(percent => rate * (1 - percent / 100))
  const level = (rate: number): readonly number[] => xs.map(() => rate)
  const isRange = peak.low < peak.high
  const line = (label: string, role: Series['role'], values: readonly number[]): Series => ({
    label,
    role,
    values,
    shown: true,
  })
  return {
    series: [
      line(isRange ? 'load, upper end of the peak' : 'load', 'origin', left(peak.high)),
      ...(isRange ? [line('load, lower end of the peak', 'origin-low', left(peak.low))] : []),
      line(`knee of ${backends}, ${wordKnee(capacity)}`, 'knee', level(capacity.rps)),
      line(`to plan for, ${formatRate(planned)}`, 'planned', level(planned)),
    ],
    ...(isRange && { between: [0, 1] as const }),
  }
}

const wordKnee = ({ rps, low, high }: CapacityInterval): string =>
  high === null ? `at least ${formatRate(low)}` : formatRate(rps)

const kneeBand = ({ capacity: { low, high } }: OriginLoadSituation): readonly Band[] =>
  high === null ? [] : [{ axis: 'y', from: low, to: high, role: 'knee', label: 'the interval of the knee' }]

function marksOf({ needed, marked }: OriginLoadSituation): readonly Mark[] {
  const crossing: readonly Mark[] =
    needed > 0 && needed < 1
      ? [{ at: needed * 100, role: 'needed', label: `needed: ${formatLeastShare(needed)}` }]
      : []
  return [...crossing, ...marked.map(({ at, label }): Mark => ({ at: at * 100, role: 'given', label }))]
}

function noteOf({ capacity, peak }: OriginLoadSituation): string {
  const shaded = [
    ...(capacity.high === null ? [] : ['the interval of the knee']),
    ...(peak.low < peak.high ? ['the interval of the peak'] : []),
  ]
  const legend = shaded.length === 0 ? '' : ` Shaded: ${listOf(shaded)}.`
  return `The more a cache answers, the less is left for the backends. From where the load meets the dashed line on, they hold with the room that was asked for.${legend}`
}

/** The whole chart in words, with its numbers. */
function describe(situation: OriginLoadSituation): string {
  const { peak, capacity, backends, planned, plannedIs, needed, marked } = situation
  const isRange = peak.low < peak.high
  const whole = isRange ? `${formatRate(peak.low)} to ${formatRate(peak.high)}` : formatRate(peak.high)
  const { low, high } = capacity
  const interval = high === null ? '' : `, ${formatRate(low)} to ${formatRate(high)}`
  const count = backends.startsWith('1 ') ? 'carries' : 'carry'
  return [
    `Without a cache ${whole} reach the backends at the peak; each point of hit ratio takes ${isRange ? 'up to ' : ''}${formatRate(peak.high / 100)} off them.`,
    sentence(`${backends} ${count} ${wordKnee(capacity)}${interval}`),
    `To plan for: ${formatRate(planned)}, ${plannedIs}.`,
    wordNeeded(needed, planned, peak.high),
    ...marked.map(({ at, label }) => sentence(`${label}: ${formatRate(peak.high * (1 - at))} are left`)),
  ].join(' ')
}

function wordNeeded(needed: number, planned: number, peak: number): string {
  if (needed <= 0) return 'The peak stays below that without a cache.'
  if (needed >= 1) return 'No hit ratio below 100 % leaves so little.'
  return `The two meet at a hit ratio of 1 − ${formatRate(planned)} / ${formatRate(peak)} = ${formatNumber(needed, 4)}, so a cache has to answer ${formatLeastShare(needed)} of the requests.`
}
