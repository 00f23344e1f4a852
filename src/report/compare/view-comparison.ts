import type { Comparison, MetricComparison, RunSummary, SideName } from '../../compare/comparison.ts'
import { formatRate, formatShare } from '../../units/format.ts'
import type { Fact, Statement, TableView } from '../view.ts'
import { cleanTexts } from '../view/clean-text.ts'
import { closedSentence, countOf, listOf, sentence } from '../view/sentence.ts'
import { comparisonCharts } from './comparison-charts.ts'
import type { ComparisonView } from './comparison-view.ts'
import { comparisonSteps } from './comparison-steps.ts'
import { TONES, metricTable, signed, valueOf, wordVerdict } from './metric-table.ts'

/** Chooses every number and word of a comparison. */
export function viewComparison(comparison: Comparison): ComparisonView {
  const { metrics, verdict, because, confidence } = comparison
  const word = wordVerdict(comparison)
  const primary = metrics.find(metric => metric.primary)
  const own = metrics.filter(({ group }) => group !== 'route')
  return cleanTexts<ComparisonView>({
    title: titleOf(comparison),
    about: aboutOf(comparison),
    verdict: {
      word,
      tone: TONES[verdict],
      sentence: `${word[0]!.toUpperCase()}${word.slice(1)}: ${closedSentence(because)}`,
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
    next: comparisonSteps(comparison),
  })
}

/** What the table alone leaves open. The sentence of the primary metric stands at the top. */
const isWorthASentence = ({ primary, verdict, method }: MetricComparison): boolean =>
  !primary &&
  method !== 'within-run' &&
  (verdict === 'inconclusive' || method === 'bounds' || method === 'signed-rank' || method === 'rank-sum')

function titleOf({ base, candidate }: Comparison): string {
  const names = [...new Set([...base.runs, ...candidate.runs].map(({ name }) => name))]
  return names.length <= 2 ? names.join(' / ') : `${names[0]} and ${names.length - 1} more`
}

function aboutOf({ base, candidate, design, differences }: Comparison): string {
  const runs = `${countOf(base.runs.length, 'base run')} against ${countOf(candidate.runs.length, 'candidate run')}`
  const forced = `compared by force: not the same ${listOf(differences.map(({ what }) => what))}`
  return [
    runs,
    design.kind === 'paired' ? 'paired' : 'not paired',
    ...(differences.length === 0 ? [] : [forced]),
  ].join(', ')
}

/** For those who meet the words here first. */
const MEANINGS: readonly Fact[] = [
  {
    label: 'knee',
    value: 'The highest rate at which at most 1 % of the answers are bad and no backlog grows.',
  },
  { label: 'onset', value: 'The rate above which the gateway answers 502, 503 or 504.' },
]

function factsOf({ design, base, candidate, confidence, rates, metrics }: Comparison): readonly Fact[] {
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
    ...MEANINGS.filter(({ label }) => metrics.some(({ margin }) => margin.name === label)),
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
