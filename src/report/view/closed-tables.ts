import type { Figures, SaturationProbe } from '../../analysis/findings.ts'
import { formatDuration, formatNumber, formatShare } from '../../units/format.ts'
import { seconds } from '../../units/quantity.ts'
import type { Report } from '../report.ts'
import type { Column, Statement, TableView } from '../view.ts'
import { connectionsAt } from './closed-headlines.ts'
import { NOTABLE_ERRORS, wordErrors } from './figure-columns.ts'
import { countOf } from './sentence.ts'

const column = (label: string, align: Column['align'], rank: number): Column => ({ label, align, rank })
const plain = (text: string): Statement => ({ text, tone: 'plain' })
const rate = (rps: number): string => formatNumber(rps, rps >= 1000 ? 4 : 3)

const FIGURES: readonly Column[] = [
  column('good/s', 'right', 0),
  column('answered/s', 'right', 2),
  column('errors', 'right', 0),
  column('outcomes', 'left', 1),
]

const BRACKETS = 'In brackets: the load generator was the limit there; the target may carry more.'

/** The stages of a closed model: what came back, by the number of connections that asked. */
export function viewRungs({ stages, result }: Report, probe: SaturationProbe): TableView {
  const rungs = [...probe.rungs]
  return {
    columns: [
      column('stage', 'left', 2),
      column('connections', 'right', 0),
      column('for', 'right', 3),
      column('95 % interval', 'right', 4),
      ...FIGURES,
    ],
    rows: stages.map((stage, index) => {
      // The headline's figures, without the rung's first second; a stage that was cut short has none.
      const rung = stage.warmup || rungs[0]?.name !== stage.name ? undefined : rungs.shift()
      return [
        plain(stage.warmup && stage.name !== 'warm-up' ? `${stage.name} (warm-up)` : stage.name),
        plain(formatNumber(result.plan.stages[index]?.connections ?? 0, 12)),
        plain(formatDuration(seconds(stage.toSeconds - stage.fromSeconds))),
        plain(rung === undefined ? '–' : `${rate(rung.low)} to ${rate(rung.high)}`),
        ...figureCells(rung === undefined ? stage : { ...stage, ...rung, goodRps: rung.throughputRps }),
      ]
    }),
    legend:
      stages.length === 0
        ? 'No stage was reached.'
        : legendOf([...probe.rungs, ...stages.filter(({ warmup }) => warmup)]),
  }
}

export function viewClosedRoutes(report: Report): TableView {
  const { routes } = report
  return {
    columns: [
      column('request', 'left', 0),
      column('what', 'left', 1),
      ...FIGURES,
      column('first error', 'left', 2),
    ],
    rows: routes.map(route => [
      plain(route.name),
      plain(`${route.method} ${route.path}`),
      ...figureCells(route),
      plain(
        route.onset === null
          ? 'not seen'
          : `with ${countOf(connectionsAt(report, route.onset), 'connection')}`,
      ),
    ]),
    legend: routes.length === 0 ? 'No request was measured.' : legendOf(routes),
  }
}

function figureCells(figures: Figures): readonly Statement[] {
  const { goodRps, completedRps, errors, offered, valid } = figures
  const bracketed = (text: string): Statement => (valid ? plain(text) : { text: `(${text})`, tone: 'unsure' })
  return [
    bracketed(rate(goodRps)),
    bracketed(rate(completedRps)),
    { text: wordErrors(figures), tone: errors > offered * NOTABLE_ERRORS ? 'bad' : 'plain' },
    plain(wordOutcomes(figures)),
  ]
}

/** `200: 98 %, 502: 2 %`; none where there was no request. */
function wordOutcomes({ statuses, failures, neverSent, offered }: Figures): string {
  const unsent = neverSent === 0 ? [] : [['never sent', neverSent] as const]
  return [...Object.entries(statuses), ...Object.entries(failures), ...unsent]
    .map(([name, count]) => `${name.replaceAll('-', ' ')}: ${formatShare(count / offered)}`)
    .join(', ')
}

const legendOf = (rows: readonly Pick<Figures, 'valid'>[]): string | null =>
  rows.some(({ valid }) => !valid) ? BRACKETS : null
