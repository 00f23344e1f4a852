import type { Statement, Step, TableView } from '../report/view.ts'

/** Every number and word of a history, chosen once. A renderer lays it out and decides nothing. */
export interface HistoryView {
  readonly title: string
  /** How many runs of how many groups. */
  readonly summary: string
  /** What was not read and why, in one line; null where all was. */
  readonly setAside: string | null
  readonly groups: readonly GroupView[]
}

export interface GroupView {
  readonly heading: string
  /** What its runs have in common, and how many there are. */
  readonly about: readonly string[]
  /** Where the knee changed, in order of time; one that says so where it did not. */
  readonly changes: readonly Statement[]
  /** What one more run is expected to find. */
  readonly outlook: string
  /** What to do about it; empty where there is nothing. */
  readonly next: readonly Step[]
  readonly chart: TrendChart
  readonly table: TableView
}

/** The knee run by run: the x axis counts runs, as days without one have nothing to show. */
export interface TrendChart {
  readonly points: readonly TrendPoint[]
  /** From point to point, both included. */
  readonly levels: readonly { readonly from: number; readonly to: number; readonly rps: number }[]
  readonly changes: readonly TrendMark[]
  readonly rateLabel: string
  /** What the knee is, for those who meet the word here first. */
  readonly note: string
  /** Stands in place of the chart where there is nothing to draw. */
  readonly empty: string
  /** The whole in a sentence, for those who do not see it. */
  readonly description: string
}

export interface TrendPoint {
  readonly label: string
  /** The run and its knee in words. */
  readonly text: string
  readonly kind: 'measured' | 'at-least' | 'at-most' | 'none'
  /** Null where `kind` is `none`. */
  readonly rps: number | null
  /** Null unless `kind` is `measured` and the end is known. */
  readonly low: number | null
  readonly high: number | null
}

export interface TrendMark extends Statement {
  /** Index of the first point after the change. */
  readonly at: number
}
