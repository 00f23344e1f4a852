import type { Reading } from './comparison.ts'
import type { Metric } from './metric.ts'
import type { RunFigures } from './run-figures.ts'
import { scoreOf } from './score.ts'

/** One run's word on one metric. */
export interface Sample {
  readonly run: RunFigures
  readonly reading: Reading
  /** Only where it was measured: a bound is never used as if it were. */
  readonly score: number | undefined
}

/** Every run of both sides, in the order of the sides. */
export interface Samples {
  readonly metric: Metric
  readonly base: readonly Sample[]
  readonly candidate: readonly Sample[]
  readonly leastError: (base: readonly Sample[], candidate: readonly Sample[]) => number
}

export function samplesOf(
  metric: Metric,
  base: readonly RunFigures[],
  candidate: readonly RunFigures[],
): Samples {
  const runs = (side: readonly Sample[]): RunFigures[] => side.map(({ run }) => run)
  return {
    metric,
    base: base.map(run => sampleOf(metric, run)),
    candidate: candidate.map(run => sampleOf(metric, run)),
    leastError: (own, other) => metric.leastError?.(runs(own), runs(other)) ?? 0,
  }
}

function sampleOf(metric: Metric, run: RunFigures): Sample {
  const { trust } = run.findings
  const reading = trust.ok ? metric.read(run) : untrusted(run)
  const isMeasured = reading.bound === 'measured' && reading.value !== null
  return { run, reading, score: isMeasured ? scoreOf(metric, reading.value) : undefined }
}

const untrusted = ({ label, findings }: RunFigures): Reading => ({
  run: label,
  bound: 'none',
  value: null,
  low: null,
  high: null,
  because: `the run cannot be trusted: ${findings.trust.reasons.join('; ')}`,
})
