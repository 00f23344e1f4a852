import type { SearchFindings } from '../../analysis/search/search-findings.ts'
import type { SearchBound } from '../../result/search-record.ts'
import { formatNumber, formatRate, formatShare } from '../../units/format.ts'
import type { Report } from '../report.ts'
import type { Fact, SearchView } from '../view.ts'
import { viewSearchChart, viewSearchPath } from './search-chart.ts'
import { viewFlags } from './search-flags.ts'
import { viewSearchSteps } from './search-table.ts'
import { countOf, sentence } from './sentence.ts'
import { wordSeconds } from './word-seconds.ts'

/** How the knee was found: everything with which a reader can make each decision of the search again. */
export function viewSearch(report: Report): SearchView | null {
  const { search } = report
  if (search === null) return null
  return {
    text: wordEffort(search),
    facts: facts(search, report),
    flags: viewFlags(search, report),
    chart: viewSearchChart(search, report),
    path: viewSearchPath(search, report),
    steps: viewSearchSteps(search),
  }
}

function wordEffort({ steps, loadSeconds, plannedSeconds, complete }: SearchFindings): string {
  const planned = plannedSeconds === null ? '' : `, planned ${wordSeconds(Math.round(plannedSeconds))}`
  const spent = `${countOf(steps.length, 'step')}, ${wordSeconds(loadSeconds)} of load${planned}`
  return complete
    ? `${spent}.`
    : `${spent}. The search did not come to its end; this is what it knew by then.`
}

const MODES = {
  plateau: 'a plateau: good answers counted under light overload until two counts agreed',
  bracket: 'a bracket: holds on both sides, halving the gap between what held and what gave way',
} as const

function facts(search: SearchFindings, { trust, capacity }: Report): readonly Fact[] {
  const { mode, relevantLowerBound, relevantUpperBound, plateausRps, baselineShare } = search
  const found: Fact[] = mode === null || !trust.ok ? [] : [{ label: 'found by', value: MODES[mode] }]
  return [
    ...found,
    ...boundFact('Relevant Lower Bound', 'held', relevantLowerBound),
    ...boundFact('Relevant Upper Bound', 'offered', relevantUpperBound),
    { label: 'precision', value: wordPrecision(search) },
    ...(plateausRps.length < 2
      ? []
      : [{ label: 'plateaus', value: plateausRps.map(rps => formatRate(rps)).join(', then ') }]),
    ...(baselineShare > 0
      ? [
          {
            label: 'baseline',
            value: `${formatShare(baselineShare)} of the requests fail at low load already`,
          },
        ]
      : []),
    ...(capacity.timeoutForecast === null
      ? []
      : [{ label: 'first 504', value: sentence(capacity.timeoutForecast.because) }]),
  ]
}

function boundFact(label: string, verb: string, bound: SearchBound | null): readonly Fact[] {
  if (bound === null) return []
  const { rps, seconds, offered, deficit } = bound
  const evidence = `${countOf(Math.round(offered), 'request')}, deficit ${formatNumber(deficit * 100, 2)} %`
  return [{ label, value: `${formatRate(rps)} ${verb} for ${wordSeconds(seconds)}: ${evidence}` }]
}

function wordPrecision({ omega, reachedOmega }: SearchFindings): string {
  const wanted = `±${formatNumber(omega * 100)} % wanted`
  if (reachedOmega === null) return `${wanted}, not reached`
  return `±${formatNumber(reachedOmega * 100, 2)} % reached, ${wanted}`
}
