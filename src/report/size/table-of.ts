import type { Column, Statement, TableView, Tone } from '../view.ts'

/** A column, and what stands in it for each row. */
export interface Cell<Row> {
  readonly column: Column
  readonly text: (row: Row) => string
  readonly tone?: (row: Row) => Tone
}

export const left = (label: string, rank: number): Column => ({ label, align: 'left', rank })
export const right = (label: string, rank: number): Column => ({ label, align: 'right', rank })

export function tableOf<Row extends object>(
  cells: readonly Cell<Row>[],
  rows: readonly Row[],
  legend: string | null,
  isChosen: (row: Row) => boolean = () => false,
): TableView {
  const chosen = rows.findIndex(isChosen)
  return {
    columns: cells.map(({ column }) => column),
    rows: rows.map(row =>
      cells.map(({ text, tone }): Statement => ({ text: text(row), tone: tone?.(row) ?? 'plain' })),
    ),
    legend,
    ...(chosen >= 0 && { chosen }),
  }
}
