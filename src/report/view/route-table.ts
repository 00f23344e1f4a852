import type { RouteFigures } from '../../analysis/findings.ts'
import type { Report } from '../report.ts'
import type { TableView } from '../view.ts'
import { figureCells, figureColumns, legendOf } from './figure-columns.ts'
import { wordOnset } from './onset-headline.ts'

/** Per request of the scenario. Whether its errors grow with the load tells an overload from a broken page. */
export function viewRoutes({ routes }: Pick<Report, 'routes'>): TableView {
  return {
    columns: [
      { label: 'request', align: 'left', rank: 0 },
      { label: 'what', align: 'left', rank: 1 },
      ...figureColumns,
      { label: 'onset', align: 'left', rank: 2 },
    ],
    rows: routes.map(route => [
      { text: route.name, tone: 'plain' },
      { text: `${route.method} ${route.path}`, tone: 'plain' },
      ...figureCells(route),
      { text: begin(route), tone: 'plain' },
    ]),
    legend: routes.length === 0 ? 'No request was measured.' : legendOf(routes),
  }
}

function begin({ onset, valid }: RouteFigures): string {
  if (onset === null) return 'not seen'
  if (!valid) return '(seen)'
  if (onset.undecided) return 'cannot tell'
  return onset.loadRelated ? `at ${wordOnset(onset, 'any').value}` : 'at no particular rate'
}
