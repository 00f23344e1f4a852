import { addCounts, NO_COUNTS, quantileUs, totalCount } from '../../../result/counts.ts'
import type { Counts } from '../../../result/counts.ts'
import { formatNumber } from '../../../units/format.ts'
import type { Report } from '../../report.ts'
import type { Chart, Series, SeriesRole } from '../../view.ts'
import { significant } from '../significant.ts'
import { KIND_NAMES, stepKind } from '../step-kind.ts'
import { evenly } from './evenly.ts'

/** x = 1/(1 − q), so that each step to the right is as far as the last: 50 %, 90 %, 99 %, … */
const TICKS = [2, 10, 100, 1000, 10_000, 100_000] as const
const POINTS = 72
const MOST_PARTS = 7
const LOWEST_US = 1

/** As many digits as tell it from its neighbours: `57 %`, `99.13 %`, `99.999 %`. */
export const percentText = (x: number): string =>
  `${formatNumber(100 * (1 - 1 / x), 2 + Math.floor(Math.log10(x)))} %`

/** 50 % to 99.999 %, evenly along the axis, with the marks of the axis among them. */
export const percentilePlaces: readonly number[] = [
  ...new Set([
    ...TICKS,
    ...Array.from({ length: POINTS }, (_, i) => significant(2 * 50_000 ** (i / POINTS))),
  ]),
].toSorted((a, b) => a - b)

/** Response times of the windows that count, all together. */
export const countedTimes = (report: Report, times: readonly Counts[]): Counts =>
  addCounts(counted(report, times).map(window => window.times))

/**
 * Response time by percentile, of all windows that count and of each stage, or in a search of each kind of step. A
 * percentile that no single request stands for is left out. Null where nothing was timed.
 *
 * @param times response times of each window
 */
export function viewPercentiles(report: Report, times: readonly Counts[]): Chart | null {
  const whole = countedTimes(report, times)
  const most = totalCount(whole)
  if (most === 0) return null
  const parts = partsOf(report, counted(report, times)).filter(part => totalCount(part.times) > 0)
  const shown = parts.length < 2 ? [] : evenly(parts.length, MOST_PARTS).map(index => parts[index]!)
  const xs = percentilePlaces.filter(x => x <= most)
  const cut =
    shown.length > 0 && shown.length < parts.length
      ? ` ${shown.length} of ${parts.length} stages are drawn.`
      : ''
  return {
    title: 'Response time by percentile',
    note: `How slow the slowest are: at 99 %, one of a hundred was slower. From the intended start; logarithmic.${cut}`,
    kind: 'percentile',
    x: {
      label: 'percentile',
      ticks: TICKS.map(at => ({ at, label: percentText(at) })),
      texts: xs.map(percentText),
    },
    y: { label: 'ms', log: true },
    xs,
    series: [
      line('all that counts', 'whole', whole, xs),
      ...shown.map((part, index) => line(part.name, `part${index + 1}` as SeriesRole, part.times, xs)),
    ],
    bands: [],
    marks: [],
  }
}

interface TimedWindow {
  /** Index into the stages of the plan. */
  readonly stage: number
  readonly times: Counts
}

const counted = ({ windows, result }: Report, times: readonly Counts[]): readonly TimedWindow[] =>
  windows.flatMap(({ valid, warmup }, i) =>
    valid && !warmup ? [{ stage: result.windows[i]?.stage ?? 0, times: times[i] ?? NO_COUNTS }] : [],
  )

interface Part {
  readonly name: string
  readonly times: Counts
}

function partsOf({ search, result }: Report, own: readonly TimedWindow[]): readonly Part[] {
  const kinds = new Map(search?.steps.map(step => [step.stage, KIND_NAMES[stepKind(step)]]))
  const groups = new Map<string | number, Counts[]>()
  for (const { stage, times } of own) {
    const key = kinds.get(stage) ?? stage
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [times])
    else group.push(times)
  }
  return [...groups].map(([key, times]) => ({
    name: typeof key === 'string' ? key : (result.plan.stages[key]?.name ?? ''),
    times: addCounts(times),
  }))
}

function line(label: string, role: SeriesRole, times: Counts, xs: readonly number[]): Series {
  const total = totalCount(times)
  const at = (x: number): number | null => {
    const us = x <= total ? quantileUs(times, 1 - 1 / x) : undefined
    return us === undefined ? null : significant(Math.max(us, LOWEST_US) / 1000)
  }
  return { label, role, values: xs.map(at), shown: true }
}
