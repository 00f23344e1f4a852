/**
 * One view of the report: every number and every word of it, chosen once. A renderer lays it out and decides
 * nothing, so that the terminal, the page and any later format cannot disagree. Every text is a single line
 * without control characters, whatever the target or the scenario put into it.
 */
export interface ReportView {
  readonly title: string
  readonly target: string
  /** When, how long, how many requests: one line. */
  readonly about: string
  readonly verdict: VerdictView
  /** How the run came to an early end; null when it did not. */
  readonly ending: string | null
  /** The three numbers people come for: knee, onset, headroom. */
  readonly headlines: readonly Headline[]
  readonly trust: TrustView
  /** Where nothing was measured, only why and what to do next is worth saying. */
  readonly measured: boolean
  readonly limits: LimitsView
  readonly recovery: Statement
  readonly promises: readonly PromiseView[]
  readonly stages: TableView
  /** Where the time goes: connecting, TLS, first byte, the rest. Empty where there is nothing to say. */
  readonly phases: readonly Fact[]
  readonly routes: TableView
  readonly sizing: SizingView
  readonly generator: GeneratorView
  readonly next: readonly Step[]
  readonly samples: readonly SampleView[]
  readonly definitions: readonly Fact[]
  readonly run: readonly Fact[]
  /** Null in a closed model, where no load is offered. */
  readonly loadCurve: LoadCurve | null
  readonly charts: readonly Chart[]
  /** How a search found the knee; null where the scenario gives the stages. */
  readonly search: SearchView | null
}

export interface SearchView {
  /** How much was done, in a sentence. */
  readonly text: string
  readonly facts: readonly Fact[]
  /** What was noticed on the way: what it is, and what it means and asks for. */
  readonly flags: readonly Fact[]
  readonly chart: Chart
  readonly path: SearchPath
  readonly steps: TableView
}

/** The offered rate over time, for a chart of characters. */
export interface SearchPath {
  readonly steps: readonly PathStep[]
  /** Interval of the knee. */
  readonly knee: { readonly low: number; readonly high: number; readonly label: string } | null
  readonly rateLabel: string
  readonly timeLabel: string
  /** Stands in place of the chart where there are no steps. */
  readonly empty: string
}

export interface PathStep {
  readonly fromSeconds: number
  readonly toSeconds: number
  readonly rateRps: number
  readonly kind: StepKind
  /** What the kind is called. */
  readonly name: string
}

/** What a step of a search was for, or what came of it. */
export type StepKind = 'rising' | 'plateau' | 'held' | 'gave-way' | 'rest' | 'onset' | 'void'

/** What a statement means for the reader: fine, broken, not known, or merely so. */
export type Tone = 'good' | 'bad' | 'unsure' | 'plain'

export interface Statement {
  readonly text: string
  readonly tone: Tone
}

export interface Fact {
  readonly label: string
  readonly value: string
}

export interface VerdictView {
  readonly word: 'passed' | 'failed' | 'cannot tell'
  readonly because: string
  /** Both in one: `Failed: knee > 900/s does not hold.` */
  readonly sentence: string
  readonly tone: Tone
}

export interface Headline {
  readonly label: string
  /** Short: a number with its unit, or words where no number can be trusted. */
  readonly value: string
  readonly detail: string
  /** Value and detail in one line. */
  readonly text: string
  readonly tone: Tone
  /** The same for each gateway status, where more than one was seen. */
  readonly lines: readonly Fact[]
  /** In small print below it, what the number means; empty where that is said elsewhere. */
  readonly note: string
}

export interface TrustView extends Statement {
  readonly ok: boolean
  readonly reasons: readonly string[]
  /** The reasons that the knee's line does not give. */
  readonly furtherReasons: readonly string[]
  readonly notes: readonly string[]
}

export interface LimitsView extends Statement {
  readonly because: string
  readonly saturation: string | null
  readonly causes: readonly CauseView[]
}

export interface CauseView {
  readonly name: string
  readonly certainty: string
  readonly claim: string
  readonly evidence: readonly string[]
  /** Null where it stands among the next steps already. */
  readonly next: string | null
}

export interface PromiseView {
  readonly text: string
  readonly held: Statement
  readonly measured: string
  readonly because: string
}

export interface TableView {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Statement[])[]
  /** What its signs mean, or what stands here instead of rows. */
  readonly legend: string | null
  /** Place of the row that is recommended; absent where none is. */
  readonly chosen?: number
}

export interface Column {
  readonly label: string
  readonly align: 'left' | 'right'
  /** 0: always shown. Others are shown where there is room, lowest first. */
  readonly rank: number
}

export interface SizingView {
  readonly because: string
  readonly facts: readonly Fact[]
  /** What could be done, and what the peak then looks like; without rows where no peak was stated. */
  readonly options: TableView
  /** Why what would help if it could does not. */
  readonly against: readonly Fact[]
  readonly formulas: readonly string[]
}

export interface GeneratorView extends Statement {
  readonly facts: readonly Fact[]
  /** Those of them that are worth saying although it kept up. */
  readonly noted: readonly Fact[]
}

/** What to do next; `command` as words, ready for a shell once joined by spaces. */
export interface Step {
  readonly text: string
  readonly command: readonly string[] | null
}

export interface SampleView {
  readonly request: string
  readonly outcome: Statement
  readonly at: string
  /** Lines of the answer's head and of the start of its body. */
  readonly head: readonly string[]
  readonly body: readonly string[]
}

/** Good answers and gateway errors against offered load, for a chart of characters. */
export interface LoadCurve {
  readonly points: readonly LoadPoint[]
  readonly knee: { readonly at: number; readonly label: string } | null
  readonly goodLabel: string
  readonly shareLabel: string
  /** Stands in place of the share where there was none. */
  readonly shareNone: string
  readonly offeredLabel: string
  /** Stands in place of the chart where there are no points. */
  readonly empty: string
}

export interface LoadPoint {
  readonly offeredRps: number
  readonly goodRps: number
  /** Share of the requests that met a gateway status. */
  readonly gatewayShare: number
}

/** What a chart's x axis is: time, or offered load. */
export type AgainstKind = 'time' | 'load'

/**
 * Plain data for a chart library. `search`: rates over time, in steps. `percentile`: x is 1/(1 − q), logarithmic. `hit-ratio`: x is in
 * percent, from 0 to 100.
 */
export interface Chart {
  readonly title: string
  readonly note: string
  readonly kind: AgainstKind | 'search' | 'percentile' | 'hit-ratio'
  readonly x: ChartAxis
  readonly y: { readonly label: string; readonly log: boolean }
  readonly xs: readonly number[]
  readonly series: readonly Series[]
  readonly bands: readonly Band[]
  readonly marks: readonly Mark[]
  /** Places of two series, the upper one first, that are the ends of one interval; absent in most charts. */
  readonly between?: readonly [number, number]
  /** Shades behind the lines; absent in most charts. */
  readonly heat?: HeatMap
}

export interface ChartAxis {
  readonly label: string
  /** Where an axis has marks of its own instead of round numbers. */
  readonly ticks?: readonly { readonly at: number; readonly label: string }[]
  /** Each of `xs` in words, where the number alone would say nothing. */
  readonly texts?: readonly string[]
}

/** How the requests of each stretch of time spread over a logarithmic axis. */
export interface HeatMap {
  /** Edges of the rows on the y axis, rising: one more than there are rows. */
  readonly edges: readonly number[]
  /** Edges of the columns on the x axis. */
  readonly columns: readonly { readonly from: number; readonly to: number }[]
  /** One text for each column, one digit for each row from the lowest: 0 is none, 7 most. */
  readonly levels: readonly string[]
  /** What the digits 1 to 7 mean. */
  readonly legend: readonly string[]
}

export interface Series {
  readonly label: string
  readonly role: SeriesRole
  readonly values: readonly (number | null)[]
  readonly shown: boolean
}

/** Names a colour and a stroke; the same thing looks the same in every chart. */
export type SeriesRole =
  | 'offered'
  | 'sent'
  | 'good'
  | 'p50'
  | 'p90'
  | 'p99'
  | 'p999'
  | 's502'
  | 's503'
  | 's504'
  | 'other'
  | 'failed'
  | 'unsent'
  | 'whole'
  | `part${1 | 2 | 3 | 4 | 5 | 6 | 7}`
  | 'origin'
  | 'origin-low'
  | 'knee'
  | 'planned'
  | StepKind

/** A stretch of the x axis, or of the y axis. */
export interface Band {
  readonly axis: 'x' | 'y'
  readonly from: number
  readonly to: number
  readonly role: 'knee' | 'warm-up' | 'invalid' | 'stage'
  readonly label: string
}

export interface Mark {
  readonly at: number
  readonly role: 'knee' | 'onset' | 'stage' | 'needed' | 'given'
  readonly label: string
}
