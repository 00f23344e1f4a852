import type { WindowFigures } from '../../analysis/findings.ts'
import type { AgainstKind, Series } from '../view.ts'
import { significant } from './significant.ts'

const RATES = [
  { label: 'offered', role: 'offered', key: 'offeredRps' },
  { label: 'sent', role: 'sent', key: 'sentRps' },
  { label: 'good', role: 'good', key: 'goodRps' },
] as const

/** Against load, offered is the line that good answers follow up to the knee, and sent would only hide it. */
export function rateSeries(windows: readonly WindowFigures[], kind: AgainstKind): readonly Series[] {
  return RATES.filter(({ role }) => kind === 'time' || role !== 'sent').map(({ label, role, key }) => ({
    label,
    role,
    shown: true,
    values: windows.map(window => significant(window[key])),
  }))
}
