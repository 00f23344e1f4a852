import { addCounts, quantileUs } from '../result/counts.ts'
import { largest } from '../statistics/extremes.ts'
import type { Calibration, RunFacts } from '../result/result.ts'
import type { GeneratorFigures } from './findings.ts'
import type { WindowRecord } from './window-record.ts'

/** The generator's own figures over the measured windows; shares are means over time, `longestStallMs` is the worst. */
export function generatorFigures(
  { workers, pacing = 'spin', calibration }: RunFacts,
  measured: readonly WindowRecord[],
): GeneratorFigures {
  const lateness = addCounts(measured.map(record => record.lateness))
  const duration = measured.reduce((sum, { seconds }) => sum + seconds, 0)
  const mean = (of: (record: WindowRecord) => number): number =>
    duration === 0 ? 0 : measured.reduce((sum, record) => sum + of(record) * record.seconds, 0) / duration
  return {
    workers,
    pacing,
    ceilingRps: calibration?.ceilingRps ?? null,
    ceilingShare: ceilingShare(measured, calibration),
    latenessUs: {
      p50: quantileUs(lateness, 0.5) ?? null,
      p99: quantileUs(lateness, 0.99) ?? null,
      max: quantileUs(lateness, 1) ?? null,
    },
    cpuShare: Math.min(1, mean(({ window }) => window.generator.cpuCores) / Math.max(1, workers)),
    eventLoopUtilisation: mean(({ window }) => window.generator.utilisation),
    longestStallMs: largest(
      measured.map(({ window }) => window.generator.longestStallMs),
      0,
    ),
    garbageCollectionMs: measured.reduce((sum, { window }) => sum + window.generator.garbageCollectionMs, 0),
    invalidWindows: measured.filter(({ limits }) => limits.length > 0).length,
  }
}

/** Highest planned rate over what the generator makes at most; null where that, or any rate, is unknown. */
function ceilingShare(
  measured: readonly WindowRecord[],
  calibration: Calibration | undefined,
): number | null {
  const top = largest(
    measured.map(({ rate }) => rate),
    0,
  )
  return calibration === undefined || top === 0 ? null : top / calibration.ceilingRps
}
