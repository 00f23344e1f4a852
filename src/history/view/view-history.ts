import { cleanTexts } from '../../report/view/clean-text.ts'
import { countOf } from '../../report/view/sentence.ts'
import type { Statement } from '../../report/view.ts'
import { formatNumber, formatRate, formatShare } from '../../units/format.ts'
import { LEAST_RUNS_OF_LEVEL } from '../find-trend.ts'
import type { Trend } from '../find-trend.ts'
import type { GroupHistory, History } from '../history.ts'
import type { GroupView, HistoryView } from '../view.ts'
import { historySteps } from './history-steps.ts'
import { setAsideLine } from './set-aside-line.ts'
import { trendChart } from './trend-chart.ts'
import { runTable } from './run-table.ts'
import { wordChange } from './word-change.ts'
import { wordInstant } from './word-run.ts'

/** Rows of a table when nobody says how many: a screenful. */
const ROWS = 30

/**
 * @param last runs of each group to show, the newest; undefined where nobody said
 * @param rows of a table where nobody said; the chart has all runs then
 */
export function viewHistory(history: History, last?: number, rows: number = ROWS): HistoryView {
  const runs = history.groups.reduce((sum, group) => sum + group.runs.length, 0)
  const { groups, folder } = history
  return cleanTexts({
    title: `History of ${folder}`,
    summary:
      runs === 0
        ? `No report of plimsoll in ${folder}. Name the folder that plimsoll run writes to: plimsoll history FOLDER.`
        : `${countOf(runs, 'run')} in ${countOf(groups.length, 'group')} of comparable runs.`,
    setAside: setAsideLine(history),
    groups: groups.map(group =>
      viewGroup(group, folder, { drawn: last ?? group.runs.length, listed: last ?? rows }),
    ),
  })
}

function viewGroup(
  group: GroupHistory,
  folder: string,
  { drawn, listed }: { readonly drawn: number; readonly listed: number },
): GroupView {
  const { name, trend } = group
  return {
    heading: name,
    about: aboutLines(group),
    changes: viewChanges(group),
    outlook: wordOutlook(trend),
    next: historySteps(group, folder),
    chart: trendChart(group, drawn),
    table: runTable(group, listed),
  }
}

function aboutLines(group: GroupHistory): readonly string[] {
  const { runs, settings, targetClass, environment, scenario, trend } = group
  const [first, newest] = [runs[0]!.row.startedAt, runs.at(-1)!.row.startedAt]
  const span = first === newest ? wordInstant(first) : `${wordInstant(first)} to ${wordInstant(newest)}`
  const left = runs.length - trend.counted.length
  return [
    [
      `${countOf(runs.length, 'run')}, ${span} UTC`,
      targetClass,
      /^[0-9a-f]{64}$/.test(scenario) ? `scenario ${scenario.slice(0, 12)}` : scenario,
      ...settings,
    ].join(' · '),
    environment,
    ...(left === 0
      ? []
      : [`${countOf(left, 'run')} not part of the trend: the knee was not measured, or cannot be trusted.`]),
  ]
}

function viewChanges({ trend, runs }: GroupHistory): readonly Statement[] {
  const { changes, levels, counted } = trend
  if (changes.length > 0) return changes.map(change => wordChange(change, runs))
  const [level] = levels
  if (level === undefined) return [{ text: 'No run has a knee that could make up a trend.', tone: 'unsure' }]
  const rate = formatRate(level.kneeRps)
  return [{ text: wordCalm(counted.length, rate), tone: 'plain' }]
}

/** A change that could not have been found is not said to be absent. */
function wordCalm(runs: number, rate: string): string {
  if (runs < 2) return `The knee is ${rate} in the one run there is.`
  const least = 2 * LEAST_RUNS_OF_LEVEL
  return runs < least
    ? `The knee is ${rate} on average. ${runs} runs are too few to see a change; that takes ${least}.`
    : `No change found in ${countOf(runs, 'run')}: the knee is ${rate} on average.`
}

function wordOutlook({ next, changes }: Trend): string {
  const since = changes.length === 0 ? '' : ' since the last change'
  if (next.is === 'too-few') {
    return (
      `What one more run should find cannot be said yet: that takes ${next.needed} runs with a measured knee${since}, ` +
      `and there ${next.runs === 1 ? 'is' : 'are'} ${formatNumber(next.runs, 12)}.`
    )
  }
  return (
    `If nothing changes, one more run finds a knee from ${formatRate(next.low)} to ${formatRate(next.high)} ` +
    `(${formatShare(next.confidence)} confidence, from ${countOf(next.runs, 'run')}${since} that scatter by ` +
    `${formatNumber(next.spread * 100, 2)} %).`
  )
}
