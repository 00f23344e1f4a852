import type { PageChart } from '../page-view.ts'
import type { Fact, TableView, Tone } from '../view.ts'

/**
 * Every number and word of a sizing answer, chosen once. Renderers lay it out and decide nothing. Every text is a single line without
 * control characters, whatever the reports put into it.
 */
export interface SizeView {
  /** What to do in one sentence; in a few words, whether the peak can be carried. */
  readonly answer: { readonly sentence: string; readonly word: string; readonly tone: Tone }
  /** What was asked: one line. */
  readonly about: string
  readonly options: TableView
  /** Why what would help if it could does not. */
  readonly against: readonly Fact[]
  readonly rows: TableView
  /** What a cache has to answer, as a page draws it; null where nothing can be said. */
  readonly chart: PageChart | null
  /** What to set at the gateway, or why that cannot be said. */
  readonly limits: readonly Fact[]
  readonly limitsBecause: string | null
  /** The peak, simulated; null where it was not. */
  readonly simulation: SimulationView | null
  /** The recommendation put to the proof by load; null where it was not. */
  readonly verification: VerificationView | null
  /** What a cache before the backends would do; null where that was not asked. */
  readonly cdn: CdnView | null
  readonly sensitivity: readonly Fact[]
  readonly formulas: readonly Fact[]
  readonly checks: readonly Fact[]
  readonly notes: readonly string[]
  readonly reports: readonly Fact[]
  /** Reports that say nothing about a capacity, with what to measure instead. */
  readonly leftOut: readonly Fact[]
}

export interface SimulationView {
  readonly peaks: TableView
  readonly assumptions: readonly string[]
}

export interface VerificationView {
  readonly sentence: string
  readonly tone: Tone
  readonly peaks: TableView
  readonly built: readonly string[]
}

export interface CdnView {
  readonly facts: readonly Fact[]
  readonly routes: TableView
  /** What is wrong with the answers as they are, the dearest first. */
  readonly problems: readonly Fact[]
  readonly assumptions: readonly string[]
}
