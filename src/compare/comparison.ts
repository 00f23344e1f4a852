/**
 * What the comparison of two sides comes to: plain data, every number that a reader may want to check. Changes are oriented
 * so that + is worse. Rates in 1/s, times in ms, shares 0 to 1; a change on the `log` scale is ln(worse/better), on
 * the `absolute` scale a difference of shares.
 */
export interface Comparison {
  readonly schema: 'plimsoll/comparison@1'
  readonly verdict: ComparisonVerdict
  readonly leaning: Leaning | null
  readonly because: string
  /** Of the two-sided intervals; each verdict is wrong with at most half of the rest. */
  readonly confidence: number
  readonly design: Design
  readonly base: Side
  readonly candidate: Side
  /** What differs besides the version under test; empty unless the comparison was forced. */
  readonly differences: readonly Difference[]
  readonly notes: readonly string[]
  readonly leftOut: readonly LeftOut[]
  /** The `id` of the metric that decides; null where there is none. */
  readonly primary: string | null
  /** The arrival rates at which latency and errors are compared. */
  readonly rates: readonly ComparedRate[]
  readonly metrics: readonly MetricComparison[]
  /** Metrics that could not be compared at all. */
  readonly missing: readonly MissingMetric[]
  readonly curves: { readonly base: readonly CurvePoint[]; readonly candidate: readonly CurvePoint[] }
}

export type ComparisonVerdict = 'regressed' | 'improved' | 'equivalent' | 'inconclusive'

/** Where an inconclusive interval lies: wholly on one side of no change. */
export type Leaning = 'worse' | 'better'

/**
 * `paired`: each candidate run against the base run beside it. `unpaired`: two samples. `predictive`: one run against at least
 * eight. `single`: too few runs to know how far runs lie apart.
 */
export interface Design {
  readonly kind: 'paired' | 'unpaired' | 'predictive' | 'single'
  readonly because: string
  /** Indices into the runs of either side; empty where runs are not paired. */
  readonly pairs: readonly Pair[]
}

export interface Pair {
  readonly base: number
  readonly candidate: number
}

export interface Side {
  readonly runs: readonly RunSummary[]
  /** Geometric mean of the measured knees; null without one. */
  readonly kneeRps: number | null
}

export interface RunSummary {
  /** As the user named it: the path of the report. */
  readonly label: string
  readonly id: string
  readonly name: string
  readonly target: string
  readonly startedAt: string
  readonly seed: number
  readonly trusted: boolean
}

/** Something that ought to be the same in all runs and is not. */
export interface Difference {
  /** Stable, e.g. `node-version`. */
  readonly kind: string
  /** As a reader calls it, e.g. `Node version`. */
  readonly what: string
  /** Each value with the labels of the runs that have it. */
  readonly values: readonly { readonly value: string; readonly runs: readonly string[] }[]
}

export interface LeftOut {
  readonly side: SideName
  readonly run: string
  /** Labels of the metrics that it was left out of; empty: of all. */
  readonly metrics: readonly string[]
  readonly because: string
}

export type SideName = 'base' | 'candidate'

export interface ComparedRate {
  readonly slot: RateSlot
  readonly rateRps: number
  /** Of the base's knee; null where that was not measured. */
  readonly shareOfKnee: number | null
}

export type RateSlot = '30%' | '60%' | 'lowest' | 'highest'

/** What may have a margin of its own. */
export type MarginName = 'slo' | 'knee' | 'saturation' | 'onset' | 'p50' | 'p95' | 'p99' | 'errors'

export interface MetricComparison {
  /** Stable, e.g. `knee`, `p95@60%`, `checkout p95@60%`. */
  readonly id: string
  readonly label: string
  readonly margin: MetricMargin
  readonly group: 'capacity' | 'load' | 'route'
  readonly unit: 'perSecond' | 'milliseconds' | 'share'
  readonly scale: 'log' | 'absolute'
  readonly worse: 'lower' | 'higher'
  readonly primary: boolean
  readonly route: string | null
  readonly base: readonly Reading[]
  readonly candidate: readonly Reading[]
  /** Means of what was measured on either side, geometric on the log scale; null where nothing was. */
  readonly baseValue: number | null
  readonly candidateValue: number | null
  readonly method: 'paired-t' | 'welch' | 'predictive' | 'signed-rank' | 'rank-sum' | 'bounds' | 'within-run'
  /** The change of each pair; null where runs are not paired. */
  readonly pairChanges: readonly number[] | null
  readonly change: number | null
  readonly low: number | null
  readonly high: number | null
  /** Standard deviation of the pairs' changes, or of one side's runs; null where that is not known. */
  readonly sd: number | null
  readonly robust: RobustShift | null
  /** One-sided p of each claim, as it is and adjusted for the other metrics of its family (Holm). */
  readonly claims: Claims | null
  readonly adjusted: Claims | null
  readonly verdict: ComparisonVerdict
  readonly leaning: Leaning | null
  /** About how many more pairs, or more runs on each side, would decide it; null where it is decided or cannot be said. */
  readonly pairsNeeded: number | null
  readonly because: string
}

export interface MetricMargin {
  readonly name: MarginName
  /** As the user thinks of it: a share of the value, or of the requests where `scale` is absolute. */
  readonly size: number
  /** The same on the scale of the changes: ln(1 + size), or size. */
  readonly change: number
}

/** Hodges and Lehmann's shift with the interval of ranks; `confidence` is what few runs really reach. */
export interface RobustShift {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly confidence: number
}

export interface Claims {
  readonly regressed: number
  readonly improved: number
  readonly equivalent: number
}

/** What one run says of one metric. */
export interface Reading {
  readonly run: string
  readonly bound: 'measured' | 'at-least' | 'at-most' | 'none'
  readonly value: number | null
  /** Interval within the run; null where there is none. */
  readonly low: number | null
  readonly high: number | null
  /** Why it says nothing; null where it says something. */
  readonly because: string | null
}

export interface MissingMetric {
  readonly id: string
  readonly label: string
  readonly because: string
}

/** Windows of about one offered rate, over the runs of a side. */
export interface CurvePoint {
  readonly offeredRps: number
  readonly goodRps: number
  readonly p95Ms: number | null
}
