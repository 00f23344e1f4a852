import type { Sizing, SizingRows } from '../../analysis/findings.ts'
import { formatNumber, formatRate, formatShare } from '../../units/format.ts'
import type { Report } from '../report.ts'
import type { Fact, SizingView } from '../view.ts'
import { sentence } from './sentence.ts'

/** What would carry the peak. Nothing is sized from a run that cannot be believed. */
export function viewSizing({ sizing, trust }: Pick<Report, 'sizing' | 'trust'>): SizingView {
  if (!trust.ok)
    return { because: 'Nothing is sized from a run that cannot be believed.', facts: [], formulas: [] }
  return { because: sentence(sizing.because), facts: factsOf(sizing), formulas: sizing.formulas }
}

function factsOf({ peakRps, headroom, safeRps, backendsNow, backends, cdnOffload }: Sizing): readonly Fact[] {
  const facts: Fact[] = []
  if (peakRps !== null) facts.push({ label: 'peak', value: formatRate(peakRps) })
  if (safeRps !== null) {
    const value = `up to ${formatRate(safeRps)} (${formatShare(headroom)} of the knee's lower end)`
    facts.push({ label: 'plan for', value })
  }
  facts.push({ label: 'backends now', value: formatNumber(backendsNow, 12) })
  if (backends !== null) {
    facts.push({ label: 'backends needed', value: threeReadings(backends, value => formatNumber(value, 12)) })
  }
  if (cdnOffload !== null && cdnOffload.pessimistic > 0)
    facts.push({ label: 'or CDN takes', value: threeReadings(cdnOffload, formatShare) })
  return facts
}

/** The cautious figure first: it is the one to use. */
function threeReadings(rows: SizingRows, format: (value: number) => string): string {
  const { pessimistic, expected, optimistic } = rows
  const texts = new Set([pessimistic, expected, optimistic ?? expected].map(format))
  if (texts.size === 1) return format(pessimistic)
  const best = optimistic === null ? '' : `, ${format(optimistic)} by its upper end`
  return `${format(pessimistic)} (${format(expected)} by the knee itself${best})`
}
