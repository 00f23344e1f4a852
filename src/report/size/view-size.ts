import type { MeasuredSystem } from '../../sizing/measured-system.ts'
import type { ServerLimits } from '../../sizing/server-limits.ts'
import type { OptionName, Sized, SizingAnswer } from '../../sizing/sizing-answer.ts'
import type { SizingQuestion } from '../../sizing/sizing-question.ts'
import { formatDuration, formatNumber, formatRate, formatShare } from '../../units/format.ts'
import { seconds } from '../../units/quantity.ts'
import type { Fact, Tone } from '../view.ts'
import { cleanTexts } from '../view/clean-text.ts'
import { closedSentence, countOf, sentence } from '../view/sentence.ts'
import { optionJson } from './option-json.ts'
import { viewOriginLoad } from './origin-load-chart.ts'
import { originLoadSituation } from './origin-load-situation.ts'
import { againstOptions, optionTable, rowTable } from './size-tables.ts'
import type { SizeView } from './size-view.ts'
import { viewCdn } from './view-cdn.ts'
import { viewSimulation } from './view-simulation.ts'
import { proofHint, viewVerification } from './view-verification.ts'

const TONES: Readonly<Record<SizingAnswer['verdict'], Tone>> = {
  holds: 'good',
  fails: 'bad',
  'cannot-tell': 'unsure',
}

/** Chooses every number and word of a sizing answer. */
export function viewSize(answer: SizingAnswer): SizeView {
  const { verdict, because, question, systems, leftOut, sized } = answer
  const parts = sized === null ? NOTHING : viewSized(sized, question)
  return cleanTexts<SizeView>({
    answer: { sentence: sentence(because), word: wordOutcome(sized), tone: TONES[verdict] },
    about: aboutOf(question),
    ...parts,
    checks: [...parts.checks, ...proofHint(answer)],
    verification: viewVerification(answer),
    reports: systems.map(viewSystem),
    leftOut: leftOut.map(({ label, because: why, measure }) => ({
      label,
      value: `${sentence(why)} ${sentence(measure)}`,
    })),
  })
}

type Parts = Omit<SizeView, 'answer' | 'about' | 'verification' | 'reports' | 'leftOut'>

const NO_TABLE = { columns: [], rows: [], legend: null }
const NOTHING: Parts = {
  options: NO_TABLE,
  against: [],
  rows: NO_TABLE,
  chart: null,
  limits: [],
  limitsBecause: null,
  simulation: null,
  cdn: null,
  sensitivity: [],
  formulas: [],
  checks: [],
  notes: [],
}

function viewSized(sized: Sized, question: SizingQuestion): Parts {
  const { limits, limitsBecause, retries, exact } = sized
  const { headroom, survive, zones } = question
  const options = sized.options.map(optionJson)
  return {
    options: optionTable(options, { exact, headroom, survivesLoss: survive > 0 || zones > 1 }),
    against: againstOptions(options),
    rows: rowTable(sized, question),
    chart: viewOriginLoad(originLoadSituation(sized, question)),
    limits: limits === null ? [] : limitFacts(limits),
    limitsBecause: limitsBecause === null ? null : sentence(limitsBecause),
    simulation: viewSimulation(sized),
    cdn: sized.cdn === null ? null : viewCdn(sized.cdn),
    sensitivity: sized.sensitivity.map(factOf),
    formulas: sized.formulas.map(({ label, text }) => ({ label, value: text })),
    checks: sized.checks.map(factOf),
    notes: [retries.because, ...sized.notes].map(sentence),
  }
}

/** Whether the peak can be carried, in a few words. */
function wordOutcome(sized: Sized | null): string {
  const option = sized?.options.find(({ recommended }) => recommended)
  if (option === undefined) return 'cannot tell'
  const { name, backends } = option
  const carry = backends === 1 ? 'carries the peak' : 'carry the peak'
  const words: Readonly<Record<OptionName, string>> = {
    'do-nothing': 'what is there carries the peak',
    backends: `${countOf(backends, 'backend')} ${carry}`,
    cdn: `${countOf(backends, 'backend')} behind a cache ${carry}`,
    both: `${countOf(backends, 'backend')} behind a cache ${carry}`,
    limiter: 'nothing carries the peak',
  }
  return words[name]
}

const factOf = ({ label, text }: { readonly label: string; readonly text: string }): Fact => ({
  label,
  value: closedSentence(text),
})

const time = (value: number): string => formatDuration(seconds(value))
const count = (value: number): string => formatNumber(value, 12)

function limitFacts(limits: ServerLimits): readonly Fact[] {
  const { maxConcurrent, maxConcurrentWithoutQueue, queue, queueTimeout, answerTimeout } = limits
  const { ceiling, retryBudget } = limits
  return [
    {
      label: 'at once, per backend',
      value: `${count(maxConcurrent.value)} requests, or ${count(maxConcurrentWithoutQueue.value)} where none may wait`,
    },
    { label: 'waiting, per backend', value: countOf(queue.value, 'request') },
    { label: 'wait at most', value: time(queueTimeout.value) },
    { label: 'give up after', value: time(answerTimeout.value) },
    { label: 'let in altogether', value: formatRate(ceiling.value) },
    { label: 'retries at most', value: `${formatShare(retryBudget.value)} of the requests` },
  ]
}

function viewSystem({ label, backends, capacity, responseTime }: MeasuredSystem): Fact {
  const { rps, low, high } = capacity
  const knee =
    high === null
      ? `at least ${formatRate(low)}`
      : `${formatRate(rps)} (${formatRate(low)} to ${formatRate(high)})`
  const wait = responseTime === null ? '' : `, ${time(responseTime)} just below it`
  return { label, value: `${countOf(backends, 'backend')}, knee ${knee}${wait}` }
}

/** What was asked beyond what is usual. */
function aboutOf(question: SizingQuestion): string {
  const { peak, growth, headroom, survive, zones, hitRatio, peakLasts } = question
  const rate =
    peak.low === peak.high ? formatRate(peak.high) : `${formatRate(peak.low)} to ${formatRate(peak.high)}`
  return [
    `peak ${rate}`,
    ...(growth > 0 ? [`grown by ${formatShare(growth)}`] : []),
    `for ${time(peakLasts)}`,
    `headroom ${formatShare(headroom)}`,
    survive === 0 ? 'no failures' : `${countOf(survive, 'backend')} may fail`,
    ...(zones > 1 ? [`1 of ${zones} zones may be lost`] : []),
    ...(hitRatio > 0 ? [`hit ratio ${formatShare(hitRatio)}`] : []),
  ].join(' · ')
}
