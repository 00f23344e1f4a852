import type { Comparison } from '../compare/comparison.ts'
import type { NextKnee } from '../history/expect-next.ts'
import type { PromiseClause } from '../plan/promise-clause.ts'
import type { Report } from '../report/report.ts'
import type { Share } from '../units/quantity.ts'
import type { VerdictName } from '../verdict/verdict.ts'

/** A run that asks to pass. */
export interface Candidate {
  /** Names the run in the output: the path of its report. */
  readonly label: string
  readonly report: Report
}

/** Everything that a gate judges, and what it asks. */
export interface GateQuestion {
  /** At least one; all of one deploy. */
  readonly candidates: readonly Candidate[]
  /** What the policy promises besides the scenario. */
  readonly promises: readonly PromiseClause[]
  /** Of all candidates with the baseline; null without a baseline. */
  readonly comparison: Comparison | null
  /** Null without a history. */
  readonly history: HistoryQuestion | null
  /** What a comparison or a history leaves open is inconclusive, instead of passed with a warning. */
  readonly strict: boolean
}

export interface HistoryQuestion {
  readonly folder: string
  /** For each candidate, in their order, what the history expects. */
  readonly expected: readonly NextKnee[]
  /** A fall below what is expected that does not matter. */
  readonly margin: Share
}

export interface Gate extends GateQuestion {
  readonly verdict: VerdictName
  readonly because: string
  readonly rules: readonly GateRule[]
}

export type RuleGroup = 'run' | 'promises' | 'policy' | 'comparison' | 'history'

/** One thing that a gate asks, and the answer. */
export interface GateRule {
  readonly group: RuleGroup
  /** Label of the run that it speaks of; null: of all of them together. */
  readonly run: string | null
  readonly name: string
  readonly verdict: VerdictName
  /** Passed, but left open by what was measured: somebody should know. */
  readonly warned: boolean
  readonly measured: string
  readonly because: string
}

type Answer = Pick<GateRule, 'verdict' | 'warned'>

export const PASSED: Answer = { verdict: 'passed', warned: false }
export const FAILED: Answer = { verdict: 'failed', warned: false }
export const UNDECIDED: Answer = { verdict: 'inconclusive', warned: false }

/** What is left open is nothing to stop a deploy for, unless somebody asks for certainty. */
export const leftOpen = (strict: boolean): Answer =>
  strict ? UNDECIDED : { verdict: 'passed', warned: true }

/** A rule as a reader calls it: with its run where there are several. */
export const callRule = ({ run, name }: GateRule, { candidates }: Pick<Gate, 'candidates'>): string =>
  run === null || candidates.length === 1 ? name : `${run}: ${name}`
