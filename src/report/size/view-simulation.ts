import type { Sized, SimulatedPeak, SizingOption } from '../../sizing/sizing-answer.ts'
import { formatDuration, formatNumber, formatShare } from '../../units/format.ts'
import { seconds } from '../../units/quantity.ts'
import type { TableView, Tone } from '../view.ts'
import { sentence } from '../view/sentence.ts'
import { OPTION_NAMES } from './option-names.ts'
import type { SimulationView } from './size-view.ts'
import { left, right, tableOf } from './table-of.ts'
import type { Cell } from './table-of.ts'

/** The peak as it was simulated for each option, and what that takes for granted; null where it was not. */
export function viewSimulation({ options, simulation }: Sized): SimulationView | null {
  if (simulation === null) return null
  const rows = options.flatMap(option =>
    option.simulated === null ? [] : [{ option, peak: option.simulated }],
  )
  return { peaks: peakTable(rows), assumptions: simulation.map(sentence) }
}

interface PeakRow {
  readonly option: SizingOption
  readonly peak: SimulatedPeak
}

const CELLS: readonly Cell<PeakRow>[] = [
  {
    column: left('option', 0),
    text: ({ option }) => `${OPTION_NAMES[option.name]}${option.recommended ? ' *' : ''}`,
  },
  { column: right('p50', 0), text: ({ peak }) => wordTime(peak.p50) },
  { column: right('p99', 0), text: ({ peak }) => wordTime(peak.p99) },
  {
    column: right('good', 0),
    text: ({ peak }) => formatShare(peak.endings['200']),
    tone: ({ peak }) => toneOf(peak.endings['200']),
  },
  { column: right('502', 0), text: ({ peak }) => formatShare(peak.endings['502']) },
  { column: right('503', 0), text: ({ peak }) => formatShare(peak.endings['503']) },
  { column: right('504', 0), text: ({ peak }) => formatShare(peak.endings['504']) },
]

function peakTable(rows: readonly PeakRow[]): TableView {
  const least = Math.min(...rows.map(({ peak }) => peak.requests))
  const legend = `* recommended. Shares of the requests that are not answered by a cache, after all retries; times of those that ended well. At least ${formatNumber(least, 12)} requests each.`
  return tableOf(CELLS, rows, legend, ({ option }) => option.recommended)
}

const wordTime = (estimate: SimulatedPeak['p99']): string =>
  estimate === null ? '–' : formatDuration(seconds(estimate.value))

/** As `errors < 1 %`, the share from which on a rate counts as too much, has it. */
const toneOf = (good: number): Tone => (good >= 0.99 ? 'good' : 'bad')
