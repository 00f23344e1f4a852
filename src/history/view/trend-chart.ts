import { formatRate } from '../../units/format.ts'
import { countOf } from '../../report/view/sentence.ts'
import type { GroupHistory } from '../history.ts'
import type { TrendChart } from '../view.ts'
import { markOf } from './run-table.ts'
import { pointOf } from './word-run.ts'

/** @param shown runs to draw, the newest; levels are cut to them */
export function trendChart({ name, runs, trend }: GroupHistory, shown: number): TrendChart {
  const start = Math.max(0, runs.length - shown)
  const points = runs.slice(start).map(({ row }) => pointOf(row))
  const drawn = points.flatMap(({ rps }) => rps ?? [])
  const changes = trend.changes
    .filter(({ after }) => after >= start)
    .map(({ after, ratio }) => ({
      at: after - start,
      text: markOf(ratio),
      tone: ratio < 0 ? ('bad' as const) : ('good' as const),
    }))
  return {
    points,
    levels: trend.levels
      .filter(({ last }) => last >= start)
      .map(({ first, last, kneeRps }) => ({
        from: Math.max(first, start) - start,
        to: last - start,
        rps: kneeRps,
      })),
    changes,
    rateLabel: 'knee, requests/s',
    note: 'The knee is the highest rate at which at most 1 % of the answers are bad and no backlog grows.',
    empty: 'No run found a knee to draw.',
    description:
      drawn.length === 0
        ? `No run of ${name} found a knee.`
        : `The knee of ${name} over ${countOf(points.length, 'run')}, between ${formatRate(least(drawn))} and ` +
          `${formatRate(-least(drawn.map(rps => -rps)))}; ${countOf(changes.length, 'change')}.`,
  }
}

/** By a loop: a history may have more runs than a call may have arguments. */
const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity)
