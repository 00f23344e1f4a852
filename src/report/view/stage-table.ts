import type { Stage } from '../../plan/plan.ts'
import { formatDuration, formatNumber, formatRate } from '../../units/format.ts'
import { seconds } from '../../units/quantity.ts'
import type { Report } from '../report.ts'
import type { TableView } from '../view.ts'
import { figureCells, figureColumns, legendOf } from './figure-columns.ts'

export function viewStages({ stages, result }: Pick<Report, 'stages' | 'result'>): TableView {
  return {
    columns: [
      { label: 'stage', align: 'left', rank: 0 },
      { label: 'planned', align: 'right', rank: 1 },
      { label: 'for', align: 'right', rank: 2 },
      ...figureColumns,
    ],
    rows: stages.map((stage, index) => [
      {
        text: stage.warmup && stage.name !== 'warm-up' ? `${stage.name} (warm-up)` : stage.name,
        tone: 'plain',
      },
      { text: planned(result.plan.stages[index]), tone: 'plain' },
      { text: formatDuration(seconds(stage.toSeconds - stage.fromSeconds)), tone: 'plain' },
      ...figureCells(stage),
    ]),
    legend: stages.length === 0 ? 'No stage was reached.' : legendOf(stages),
  }
}

function planned(stage: Stage | undefined): string {
  if (stage === undefined) return '–'
  if (stage.from === stage.to) return formatRate(stage.to)
  return `${formatNumber(stage.from, stage.from >= 1000 ? 4 : 3)} → ${formatRate(stage.to)}`
}
