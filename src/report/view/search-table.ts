import type { SearchFindings, SearchStepFigures } from '../../analysis/search/search-findings.ts'
import type { StepOutcome } from '../../result/search-record.ts'
import { formatNumber, formatRate } from '../../units/format.ts'
import type { Column, Statement, TableView, Tone } from '../view.ts'
import { sentence } from './sentence.ts'

const left = (label: string, rank: number): Column => ({ label, align: 'left', rank })
const right = (label: string, rank: number): Column => ({ label, align: 'right', rank })

const COLUMNS: readonly Column[] = [
  right('step', 0),
  left('phase', 0),
  right('rate', 0),
  right('seconds', 0),
  right('requests', 0),
  right('deficit', 0),
  left('outcome', 0),
  right('knee so far', 1),
  left('found', 2),
]

const OUTCOMES: Readonly<Record<StepOutcome, Statement>> = {
  passed: { text: 'passed', tone: 'good' },
  failed: { text: 'failed', tone: 'bad' },
  'forced-pass': { text: 'passed *', tone: 'good' },
  'forced-fail': { text: 'failed *', tone: 'bad' },
  measured: { text: 'measured', tone: 'plain' },
  void: { text: 'void', tone: 'unsure' },
  cut: { text: 'cut short', tone: 'unsure' },
}

/** Seconds, requests and deficit are those that the decision rests on. */
export function viewSearchSteps({ steps }: SearchFindings): TableView {
  return { columns: COLUMNS, rows: steps.map(cells), legend: legendOf(steps) }
}

function cells(step: SearchStepFigures): readonly Statement[] {
  const { stage, phase, rateRps, seconds, offered, deficit, outcome, estimateRps, found } = step
  const plain = (text: string, tone: Tone = 'plain'): Statement => ({ text, tone })
  const judged = seconds > 0
  return [
    plain(String(stage + 1)),
    plain(phase),
    plain(formatRate(rateRps)),
    plain(judged ? formatNumber(seconds, 4) : '–'),
    plain(judged ? formatNumber(offered, 12) : '–'),
    plain(deficit === null ? '–' : `${formatNumber(deficit * 100, 2)} %`),
    outcome === null ? plain('–') : OUTCOMES[outcome],
    plain(estimateRps === null ? '–' : formatRate(estimateRps)),
    plain(sentence(found)),
  ]
}

function legendOf(steps: readonly SearchStepFigures[]): string | null {
  if (steps.length === 0) return 'No step was begun.'
  const forced = steps.some(({ outcome }) => outcome === 'forced-pass' || outcome === 'forced-fail')
  const meaning =
    'Seconds, requests and deficit (what did not become a good answer, beyond the baseline) are those that the decision rests on.'
  return forced ? `${meaning} *: undecided when its time was up, so the sign decided.` : meaning
}
