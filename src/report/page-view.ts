import type { Chart, Fact, Headline, ReportView, TableView } from './view.ts'

/**
 * What a page shows: the view, and what only a page has room for. Long runs are thinned, so that the page of an hour is
 * hardly larger than that of some minutes.
 */
export interface PageView {
  /** Its tables are cut where they are long, and say so. */
  readonly report: ReportView
  /** Those of the report, each with what its word means. */
  readonly headlines: readonly GlossedHeadline[]
  /** Says that points of the charts stand for several windows; null where each stands for one. */
  readonly merged: string | null
  readonly againstLoad: readonly PageChart[]
  readonly overTime: readonly PageChart[]
  /** Response times by percentile, and how they spread over time. Empty where there are none. */
  readonly spread: readonly PageChart[]
  /** One chart in a search, none otherwise. */
  readonly searchPath: readonly PageChart[]
  /** What a cache has to answer. One chart where the peak can be sized for, none otherwise. */
  readonly originLoad: readonly PageChart[]
  /** What the figures are computed from, with the numbers of this run. */
  readonly formulas: readonly Fact[]
}

/** A headline with its word explained; empty where it needs no explanation. */
export interface GlossedHeadline extends Headline {
  readonly gloss: string
}

/** A chart with what stands in its place for those who do not see it. */
export interface PageChart {
  readonly chart: Chart
  readonly description: string
  /** Null where another table of the page has its figures. */
  readonly table: TableView | null
}
