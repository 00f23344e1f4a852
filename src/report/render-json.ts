import type { Report } from './report.ts'

/** Records whose keys come in the order in which things happened, not in the code's own order. */
const SORTED: ReadonlySet<string> = new Set(['failures', 'neverSentReasons'])
/** Arrays with an entry per second: one line for each keeps the file small and its lines worth comparing. */
const ONE_LINE_EACH: ReadonlySet<string> = new Set(['windows'])

/**
 * The report's file. Keys stand in one fixed order, so that two reports can be compared line by line; two spaces of
 * indentation, but each window on a line of its own. `JSON.parse` gives back an equal report.
 */
export function renderJson(report: Report): string {
  return `${write(report, '', '')}\n`
}

/** The machine-readable summary: the same document without its bulk, `windows` and `result`. */
export function renderSummary(report: Report): string {
  const { windows: _windows, result: _result, ...summary } = report
  return `${write(summary, '', '')}\n`
}

function write(value: unknown, key: string, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    const oneLine = ONE_LINE_EACH.has(key)
    const items = value.map((item: unknown) => (oneLine ? compact(item) : write(item, '', inner)))
    return lines('[', items, ']', indent)
  }
  const entries = entriesOf(value, key).map(
    ([name, part]) => `${JSON.stringify(name)}: ${write(part, name, inner)}`,
  )
  return lines('{', entries, '}', indent)
}

function compact(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) =>
    SORTED.has(key) && typeof part === 'object' && part !== null
      ? Object.fromEntries(entriesOf(part, key))
      : part,
  )
}

function entriesOf(value: object, key: string): [string, unknown][] {
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  return SORTED.has(key) ? entries.sort(([a], [b]) => (a < b ? -1 : 1)) : entries
}

function lines(open: string, items: readonly string[], close: string, indent: string): string {
  if (items.length === 0) return open + close
  return `${open}\n${items.map(item => `${indent}  ${item}`).join(',\n')}\n${indent}${close}`
}
