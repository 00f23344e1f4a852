import type { WindowFigures } from '../../analysis/findings.ts'
import type { Series, SeriesRole } from '../view.ts'
import { significant } from './significant.ts'

type Windows = readonly WindowFigures[]

/**
 * What became of the requests of each window, in per cent of those offered: a series for each status and each kind of
 * failure that was seen. The usual statuses start hidden as soon as there is anything else, which they would dwarf.
 */
export function shareSeries(windows: Windows): readonly Series[] {
  const errors = [
    ...keys(windows, window => window.failures).map(name =>
      series(windows, wordFailure(name), 'failed', w => w.failures[name]),
    ),
    ...neverSent(windows),
  ]
  const statuses = keys(windows, window => window.statuses)
  const unusual = statuses.filter(status => !isUsual(status))
  const other = errors.length + unusual.length > 0
  return [
    ...statuses.map(status => ({
      ...series(windows, status, roleOf(status), window => window.statuses[status]),
      shown: !(other && isUsual(status)),
    })),
    ...errors,
  ]
}

const isUsual = (status: string): boolean => /^[23]/.test(status)
const wordFailure = (name: string): string => name.replaceAll('-', ' ')

function roleOf(status: string): SeriesRole {
  if (isUsual(status)) return 'good'
  return status === '502' || status === '503' || status === '504' ? `s${status}` : 'other'
}

function neverSent(windows: Windows): readonly Series[] {
  if (windows.every(window => window.neverSent === 0)) return []
  return [series(windows, 'never sent', 'unsent', window => window.neverSent)]
}

function keys(
  windows: Windows,
  record: (window: WindowFigures) => Readonly<Record<string, number>>,
): readonly string[] {
  return [...new Set(windows.flatMap(window => Object.keys(record(window))))].sort()
}

function series(
  windows: Windows,
  label: string,
  role: SeriesRole,
  count: (window: WindowFigures) => number | undefined,
): Series {
  const values = windows.map(window =>
    window.offered === 0 ? null : significant((100 * (count(window) ?? 0)) / window.offered),
  )
  return { label, role, values, shown: true }
}
