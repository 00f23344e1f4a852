import type { Fact, Statement, Step, TableView, Tone } from '../report/view.ts'

/**
 * Every number and word of a gate, chosen once. Renderers lay it out and decide nothing. Every text is a single line
 * without control characters.
 */
export interface GateView {
  readonly title: string
  /** Which runs are judged by what: one line. */
  readonly about: string
  readonly verdict: {
    /** `Failed: knee > 900/s does not hold: 842/s.` */
    readonly sentence: string
    readonly tone: Tone
  }
  /** What passed and should be known all the same. */
  readonly warnings: readonly Fact[]
  readonly groups: readonly RuleGroupView[]
  /** The figures of the comparison; null without one. */
  readonly figures: TableView | null
  /** What to do about what failed, is open or passed with a warning. */
  readonly next: readonly Step[]
}

export interface RuleGroupView {
  readonly heading: string
  readonly rules: readonly RuleView[]
}

export interface RuleView {
  readonly name: string
  readonly answer: Statement
  readonly measured: string
  readonly because: string
}
