import type { StageFigures } from '../analysis/findings.ts'
import type { Stage } from '../plan/plan.ts'
import type { StageLatency } from './history-row.ts'

/** How far a stage's rate may lie from the one that is looked for, as a share of it. */
const NEAR = 0.2
/** A stage counts as constant load up to this ratio of its highest rate to its lowest. */
const CONSTANT = 1.05

/**
 * Response times of the measured stage of constant load whose rate is nearest to `rateRps`. Compared are rates that
 * were really offered: response times at the highest load say little, as they grow without end there.
 *
 * @param figures one for each of `stages` that was reached, in their order
 */
export function latencyNear(
  rateRps: number,
  figures: readonly StageFigures[],
  stages: readonly Stage[],
): StageLatency | null {
  const far = ({ offeredRps }: StageFigures): number => Math.abs(offeredRps - rateRps)
  const near = figures
    .filter((one, index) => isSteady(one, stages[index]) && far(one) <= NEAR * rateRps)
    .sort((a, b) => far(a) - far(b))
  const [nearest] = near
  if (nearest === undefined) return null
  const { name, offeredRps, responseTimeMs } = nearest
  const { p50, p95, p99 } = responseTimeMs
  return { stage: name, offeredRps, p50Ms: p50, p95Ms: p95, p99Ms: p99 }
}

function isSteady({ warmup, valid, latencyResolved }: StageFigures, stage: Stage | undefined): boolean {
  if (warmup || !valid || !latencyResolved || stage === undefined) return false
  const [low, high] = [Math.min(stage.from, stage.to), Math.max(stage.from, stage.to)]
  return low > 0 && high <= CONSTANT * low
}
