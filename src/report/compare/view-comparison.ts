import type { Comparison, MetricComparison, RunSummary, SideName } from '../../compare/comparison.ts'
import { formatRate, formatShare } from '../../units/format.ts'
import type { Fact, Statement, TableView } from '../view.ts'
import { cleanTexts } from '../view/clean-text.ts'
import { countOf, sentence } from '../view/sentence.ts'
import { comparisonCharts } from './comparison-charts.ts'
import type { ComparisonView } from './comparison-view.ts'
import { TONES, metricTable, signed, valueOf, wordVerdict } from './metric-table.ts'

/** Chooses every number and word of a comparison. */
export function viewComparison(comparison: Comparison): ComparisonView {
  const { base, candidate, metrics, verdict, because, confidence } = comparison
  const word = wordVerdict(comparison)
  const primary = metrics.find(metric => metric.primary)
  const own = metrics.filter(({ group }) => group !== 'route')
  return cleanTexts<ComparisonView>({
    title: titleOf(comparison),
    about: `${countOf(base.runs.length, 'base run')} against ${countOf(candidate.runs.length, 'candidate run')}, ${comparison.design.kind === 'paired' ? 'paired' : 'not paired'}`,
    verdict: {
      word,
      tone: TONES[verdict],
      sentence: `${word[0]!.toUpperCase()}${word.slice(1)}: ${closed(because)}`,
      because: sentence(because),
    },
    headline:
      primary === undefined
        ? null
        : {
            label: primary.label,
            base: valueOf(primary, primary.baseValue),
            candidate: valueOf(primary, primary.candidateValue),
            change: signed(primary, primary.change),
            tone: TONES[primary.verdict],
          },
    metrics: metricTable(own, confidence),
    routes: metricTable(
      metrics.filter(({ group }) => group === 'route'),
      confidence,
    ),
    reasons: own
      .filter(isWorthASentence)
      .map((metric): Statement => ({ text: sentence(metric.because), tone: TONES[metric.verdict] })),
    facts: factsOf(comparison),
    differences: comparison.differences.map(({ what, values }) => ({
      label: what,
      value: values.map(({ value, runs }) => `${value} (${runs.join(', ')})`).join('; '),
    })),
    notes: comparison.notes.map(sentence),
    leftOut: comparison.leftOut.map(({ side, run, metrics: names, because: why }) => ({
      label: `${side} ${run}`,
      value: sentence(names.length === 0 ? why : `${names.join(', ')}: ${why}`),
    })),
    missing: comparison.missing.map(({ label, because: why }) => ({ label, value: sentence(why) })),
    runs: runTable(comparison),
    charts: comparisonCharts(comparison),
    next: nextOf(comparison, primary),
  })
}

/** What the table alone leaves open. The sentence of the primary metric stands at the top. */
const isWorthASentence = ({ primary, verdict, method }: MetricComparison): boolean =>
  !primary &&
  method !== 'within-run' &&
  (verdict === 'inconclusive' || method === 'bounds' || method === 'signed-rank' || method === 'rank-sum')

const closed = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

function titleOf({ base, candidate }: Comparison): string {
  const names = [...new Set([...base.runs, ...candidate.runs].map(({ name }) => name))]
  return names.length <= 2 ? names.join(' / ') : `${names[0]} and ${names.length - 1} more`
}

function factsOf({ design, base, candidate, confidence, rates }: Comparison): readonly Fact[] {
  return [
    { label: 'runs', value: sentence(design.because) },
    { label: 'base', value: sideText(base.runs) },
    { label: 'candidate', value: sideText(candidate.runs) },
    {
      label: 'confidence',
      value: `${formatShare(confidence)}, so ${formatShare((1 - confidence) / 2)} on either side`,
    },
    ...(rates.length === 0
      ? []
      : [
          {
            label: 'equal rates',
            value: rates
              .map(({ rateRps, shareOfKnee }) =>
                shareOfKnee === null
                  ? formatRate(rateRps)
                  : `${formatRate(rateRps)} (${formatShare(Number(shareOfKnee.toFixed(2)))} of the base’s knee)`,
              )
              .join(', '),
          },
        ]),
  ]
}

const sideText = (runs: readonly RunSummary[]): string => {
  const targets = [...new Set(runs.map(({ target }) => target))]
  const untrusted = runs.filter(({ trusted }) => !trusted).length
  const doubt = untrusted === 0 ? '' : `, ${untrusted} of them not to be trusted`
  return `${countOf(runs.length, 'run')} of ${targets.join(', ')}${doubt}`
}

function runTable({ base, candidate }: Comparison): TableView {
  const row = (side: SideName, { label, startedAt, target, seed, trusted }: RunSummary): Statement[] => [
    { text: label, tone: 'plain' },
    { text: side, tone: 'plain' },
    { text: `${startedAt.slice(0, 10)} ${startedAt.slice(11, 19)} UTC`, tone: 'plain' },
    { text: `${seed}`, tone: 'plain' },
    { text: target, tone: 'plain' },
    { text: trusted ? 'yes' : 'no', tone: trusted ? 'plain' : 'unsure' },
  ]
  return {
    columns: [
      { label: 'report', align: 'left', rank: 0 },
      { label: 'side', align: 'left', rank: 0 },
      { label: 'started', align: 'left', rank: 0 },
      { label: 'seed', align: 'right', rank: 1 },
      { label: 'target', align: 'left', rank: 2 },
      { label: 'trusted', align: 'left', rank: 0 },
    ],
    rows: [...base.runs.map(run => row('base', run)), ...candidate.runs.map(run => row('candidate', run))],
    legend: null,
  }
}

/** Five pairs are what the margins were chosen for: pairs scatter by about 3 %. */
const USUAL_PAIRS = 5

function nextOf(
  { verdict, base, candidate }: Comparison,
  primary: MetricComparison | undefined,
): string | null {
  if (verdict !== 'inconclusive') return null
  const needed = primary?.pairsNeeded
  if (needed != null) {
    const what = primary!.pairChanges === null ? 'more runs on each side' : 'more pairs'
    return `Run about ${needed} ${needed === 1 ? what.replace(/s\b/, '') : what}, base and candidate in turn, if the change stays as it is.`
  }
  const runs = Math.min(base.runs.length, candidate.runs.length)
  return runs < USUAL_PAIRS
    ? `Run each side ${USUAL_PAIRS} times, base and candidate in turn: base, candidate, candidate, base, …`
    : 'See which runs were left out and why, and repeat those.'
}
