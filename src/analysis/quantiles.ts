import { meanUs, quantileUs } from '../result/counts.ts'
import type { Counts } from '../result/counts.ts'
import type { Quantiles } from './findings.ts'

/** The report's figures of a histogram in µs; all null where it is empty. */
export function quantilesMs(counts: Counts): Quantiles {
  const at = (q: number): number | null => inMs(quantileUs(counts, q))
  return {
    mean: inMs(meanUs(counts)),
    p50: at(0.5),
    p90: at(0.9),
    p95: at(0.95),
    p99: at(0.99),
    p999: at(0.999),
    max: at(1),
  }
}

const inMs = (us: number | undefined): number | null => (us === undefined ? null : us / 1000)
