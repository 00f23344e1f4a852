import { compareRuns } from '../../src/compare/compare-runs.ts'
import type { Comparison } from '../../src/compare/comparison.ts'
import { DEFAULT_MARGINS } from '../../src/compare/margins.ts'
import type { Candidate, GateQuestion } from '../../src/gate/gate.ts'
import { expectNext } from '../../src/history/expect-next.ts'
import type { NextKnee } from '../../src/history/expect-next.ts'
import type { Report } from '../../src/report/report.ts'
import { share } from '../../src/units/quantity.ts'
import { runWithKnee } from './compare-fixture.ts'
import { historyReport } from './history-report.ts'

export const candidateOf = (report: Report, label = 'new.json'): Candidate => ({ label, report })

/** A run that can be believed, decides, and promises nothing. */
export const plainReport = (): Report => ({
  ...historyReport(),
  verdict: 'passed',
  because: 'no promises were made',
  promises: [],
})

/** What a gate is asked; by default of one plain run, with nothing to compare it with. */
export const questionOf = (wish: Partial<GateQuestion> = {}): GateQuestion => ({
  candidates: [candidateOf(plainReport())],
  promises: [],
  comparison: null,
  history: null,
  strict: false,
  ...wish,
})

/** Base and candidates lie ABBA AB in time, so that they are paired. */
const HOURS = { base: [0, 3, 4], candidate: [1, 2, 5] }

/** The comparison of up to three runs on each side that have these knees. */
export function comparisonOf(
  base: readonly number[],
  candidate: readonly number[],
  { cpus = 2, force = false }: { readonly cpus?: number; readonly force?: boolean } = {},
): Comparison {
  const side = (name: keyof typeof HOURS, knees: readonly number[]): ReturnType<typeof runWithKnee>[] =>
    knees.map((rps, i) => runWithKnee({ label: `${name}${i}`, hour: HOURS[name][i]! }, { rps }))
  const others = side('candidate', candidate).map(run => {
    const { machine } = run.result.run
    return { ...run, result: { ...run.result, run: { ...run.result.run, machine: { ...machine, cpus } } } }
  })
  const options = { asPaired: false, margins: DEFAULT_MARGINS, perSide: 0.025, force }
  const compared = compareRuns(side('base', base), others, options)
  if (!compared.ok) throw new Error(JSON.stringify(compared.problems))
  return compared.value
}

/** One more run expected between these rates, from twenty. */
export const expected = (low: number, high: number): NextKnee => ({
  is: 'expected',
  runs: 20,
  kneeRps: Math.sqrt(low * high),
  low,
  high,
  confidence: 0.95,
  spread: 0.02,
})

/** Seven runs: one fewer than a history needs. */
export const tooFew: NextKnee = expectNext([800, 801, 802, 803, 804, 805, 806])

export const historyOf = (...next: readonly NextKnee[]): NonNullable<GateQuestion['history']> => ({
  folder: 'reports',
  expected: next,
  margin: share(0.05),
})
