import type { SizingRows } from '../../analysis/findings.ts'
import { formatLeastShare, formatNumber, formatRate, formatShare } from '../../units/format.ts'
import type { Report, ReportSizing } from '../report.ts'
import { againstOptions, optionTable } from '../size/size-tables.ts'
import type { Fact, SizingView } from '../view.ts'
import { sentence } from './sentence.ts'

/** Nothing that could be done: no peak was stated, or nothing can be sized. */
export const NO_OPTIONS: Pick<SizingView, 'facts' | 'formulas' | 'options' | 'against'> = {
  facts: [],
  formulas: [],
  options: { columns: [], rows: [], legend: null },
  against: [],
}

/** What would carry the peak. Nothing is sized from a run that cannot be believed. */
export function viewSizing({
  sizing,
  trust,
  capacity,
}: Pick<Report, 'sizing' | 'trust' | 'capacity'>): SizingView {
  if (!trust.ok) return { ...NO_OPTIONS, because: 'Nothing is sized from a run that cannot be believed.' }
  const { because, formulas, options, headroom } = sizing
  const exact = capacity.knee.bound === 'measured'
  return {
    because: sentence(because),
    facts: factsOf(sizing),
    options:
      options.length === 0
        ? NO_OPTIONS.options
        : optionTable(options, { exact, headroom, survivesLoss: false }),
    against: againstOptions(options),
    formulas,
  }
}

function factsOf(sizing: ReportSizing): readonly Fact[] {
  const { peakRps, headroom, safeRps, backendsNow, backends, cdnOffload } = sizing
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
  if (cdnOffload !== null && cdnOffload.pessimistic > 0 && isCdnAChoice(sizing))
    facts.push({ label: 'or CDN takes', value: threeReadings(cdnOffload, formatLeastShare) })
  return facts
}

/** A cache cannot take off what it may not answer. */
export const isCdnAChoice = ({ options }: Pick<ReportSizing, 'options'>): boolean =>
  !options.some(({ name, holds }) => name === 'cdn' && holds === false)

/** The cautious figure first: it is the one to use. */
function threeReadings(rows: SizingRows, format: (value: number) => string): string {
  const { pessimistic, expected, optimistic } = rows
  const texts = new Set([pessimistic, expected, optimistic ?? expected].map(format))
  if (texts.size === 1) return format(pessimistic)
  const best = optimistic === null ? '' : `, ${format(optimistic)} by its upper end`
  return `${format(pessimistic)} (${format(expected)} by the knee itself${best})`
}
