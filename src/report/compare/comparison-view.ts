import type { Fact, Statement, Step, TableView, Tone } from '../view.ts'

/**
 * Every number and word of a comparison, chosen once. Renderers lay it out and decide nothing. Every text is a single line without
 * control characters, whatever the target or the scenario put into it.
 */
export interface ComparisonView {
  readonly title: string
  /** How many runs, paired or not, and what differs though it ought not to: one line. */
  readonly about: string
  readonly verdict: {
    readonly word: string
    readonly tone: Tone
    /** Word and reason in one: `Regressed: the knee is 12 % lower …`. */
    readonly sentence: string
    readonly because: string
  }
  /** The metric that decides; null where nothing could be compared. */
  readonly headline: Headline | null
  readonly metrics: TableView
  /** Per request of the scenario; without rows where there is one request only. */
  readonly routes: TableView
  /** A sentence for each metric, of the whole traffic, that the table leaves open. */
  readonly reasons: readonly Statement[]
  readonly facts: readonly Fact[]
  readonly differences: readonly Fact[]
  readonly notes: readonly string[]
  readonly leftOut: readonly Fact[]
  readonly missing: readonly Fact[]
  readonly runs: TableView
  readonly charts: readonly ComparisonChart[]
  /** What would decide it, or where to look first; empty where there is nothing to do. */
  readonly next: readonly Step[]
}

export interface Headline {
  readonly label: string
  readonly base: string
  readonly candidate: string
  readonly change: string
  readonly tone: Tone
}

/** Both sides against offered load, as plain data for a chart library. */
export interface ComparisonChart {
  readonly title: string
  readonly note: string
  /** For those who do not see it. */
  readonly description: string
  readonly xLabel: string
  readonly yLabel: string
  readonly xs: readonly number[]
  readonly series: readonly ChartSeries[]
  readonly marks: readonly {
    readonly at: number
    readonly role: ChartSeries['role']
    readonly label: string
  }[]
  readonly table: TableView
}

export interface ChartSeries {
  readonly label: string
  readonly role: 'base' | 'candidate'
  readonly values: readonly (number | null)[]
}
