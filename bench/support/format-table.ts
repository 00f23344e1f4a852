import Table from 'cli-table3'

export interface Column {
  readonly head: string
  readonly align: 'left' | 'right'
}

/** One row is one text for each column. */
export type Rows = readonly (readonly string[])[]

export function terminalTable(columns: readonly Column[], rows: Rows): string {
  const table = new Table({
    head: columns.map(({ head }) => head),
    colAligns: columns.map(({ align }) => align),
    style: { head: [], border: [], compact: true },
  })
  table.push(...rows.map(row => [...row]))
  return table.toString()
}

export function markdownTable(columns: readonly Column[], rows: Rows): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    line(columns.map(({ head }) => head)),
    line(columns.map(({ align }) => (align === 'left' ? '---' : '--:'))),
    ...rows.map(line),
  ].join('\n')
}

/** Rows of the last table in a markdown text, without its head. */
export function readMarkdownTable(text: string): string[][] {
  const lines = text.trimEnd().split('\n')
  const last = lines.findLastIndex(line => line.startsWith('|'))
  const before = lines.slice(0, Math.max(0, last)).findLastIndex(line => !line.startsWith('|'))
  return lines.slice(before + 3, last + 1).map(line =>
    line
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim()),
  )
}

/** Numbers as people read them: three digits or more, thousands apart. */
export function formatFigure(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return '–'
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.max(Math.abs(value), 1e-9))))
  const [whole = '', fraction] = value.toFixed(Math.min(decimals, digits - 1)).split('.')
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ' ')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

export const formatMegabytes = (bytes: number): string => formatFigure(bytes / 1e6)
