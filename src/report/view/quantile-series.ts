import type { WindowFigures } from '../../analysis/findings.ts'
import type { Series } from '../view.ts'
import { significant } from './significant.ts'

const QUANTILES = [
  { label: 'p50', role: 'p50', key: 'p50' },
  { label: 'p90', role: 'p90', key: 'p90' },
  { label: 'p99', role: 'p99', key: 'p99' },
  { label: 'p99.9', role: 'p999', key: 'p999' },
] as const

/** A logarithmic axis has no zero: an answer within the clock's microsecond is drawn at one. */
const LOWEST_MS = 0.001

export function quantileSeries(windows: readonly WindowFigures[]): readonly Series[] {
  return QUANTILES.map(({ label, role, key }) => ({
    label,
    role,
    shown: true,
    values: windows.map(({ responseTimeMs }) => {
      const ms = responseTimeMs[key]
      return ms === null ? null : significant(Math.max(ms, LOWEST_MS))
    }),
  }))
}
