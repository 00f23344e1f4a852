import { dispersionOf } from '../statistics/dispersion.ts'
import { tQuantile } from '../statistics/t-quantile.ts'
import { formatNumber, formatRate, formatShare } from '../units/format.ts'
import type { Rung, SaturationProbe } from './findings.ts'
import { countWhere, isError } from './window-record.ts'
import type { WindowRecord } from './window-record.ts'

/** Throughput that grows by less with twice the connections has levelled off. */
const LEVEL_GROWTH = 0.05
/** Below this share of the highest throughput it has fallen, not scattered. */
const FALLEN = 0.9
/** With more windows than this, a rung's first is left out: in it, connections open and queues fill. */
const FEW_WINDOWS = 2

/**
 * What a closed model shows: how throughput grows with the connections that wait for it, and where it stops. By the
 * interactive response time law X = N / (R + Z) (Denning and Buzen, 1978) it cannot exceed what the target carries,
 * so the highest is a lower bound of that; more is never offered.
 *
 * @param records of a closed plan; warm-up and windows that were cut short are left out
 */
export function probeSaturation(records: readonly WindowRecord[]): SaturationProbe {
  const measured = records.filter(({ stage, cut }) => !stage.warmup && !cut)
  const stages = [...new Set(measured.map(({ window }) => window.stage))]
  const rungs = stages.map(stage => rungOf(measured.filter(({ window }) => window.stage === stage)))
  const highest = rungs.reduce<Rung | null>(
    (best, rung) => (rung.throughputRps > (best?.throughputRps ?? 0) ? rung : best),
    null,
  )
  const plateau = highest === null ? undefined : findPlateau(rungs)
  return {
    rungs,
    highest: highest && { ...throughputOf(highest), connections: highest.connections },
    levelsOffAt: plateau?.connections ?? null,
    because: highest === null ? 'not one answer was good' : wordGrowth(rungs, highest, plateau),
  }
}

/**
 * The first rung beyond which throughput grows by less than 5 % per doubling of the connections, whichever higher
 * rung it is compared with. Rungs at which the load generator was the limit say nothing about it.
 */
export function findPlateau(
  rungs: readonly Pick<Rung, 'connections' | 'throughputRps' | 'valid'>[],
): { readonly connections: number } | undefined {
  const climbing = rungs.filter(({ valid }) => valid).toSorted((a, b) => a.connections - b.connections)
  return climbing.find((rung, i) => {
    const higher = climbing.slice(i + 1).filter(({ connections }) => connections > rung.connections)
    return (
      rung.throughputRps > 0 &&
      higher.length > 0 &&
      higher.every(other => growthPerDoubling(rung, other) < LEVEL_GROWTH)
    )
  })
}

type Point = Pick<Rung, 'connections' | 'throughputRps'>

/** (X₂/X₁)^(1/log₂(N₂/N₁)) − 1: 1 while throughput doubles with the connections, 0 where it stays. */
const growthPerDoubling = (a: Point, b: Point): number =>
  (b.throughputRps / a.throughputRps) ** (1 / Math.log2(b.connections / a.connections)) - 1

/** At least one window, all of one stage. Of these the valid ones count, where there are any. */
function rungOf(records: readonly WindowRecord[]): Rung {
  const settled = records.length > FEW_WINDOWS ? records.slice(1) : records
  const valid = settled.filter(({ limits }) => limits.length === 0)
  const counted = valid.length === 0 ? settled : valid
  const seconds = counted.reduce((sum, record) => sum + record.seconds, 0)
  const good = counted.reduce((sum, { window }) => sum + window.flow.good, 0)
  const answered = counted.reduce((sum, { window }) => sum + window.flow.answered, 0)
  const series = counted.flatMap(record => record.series)
  const sent = countWhere(series, () => true)
  const { idc, df } = dispersionOf(
    counted.map(({ window }) => window.flow.good),
    counted.map(record => (good / seconds) * record.seconds),
  )
  const error = good === 0 ? 0 : tQuantile(0.975, df) * Math.sqrt(idc / good)
  const throughputRps = good / seconds
  return {
    name: records[0]!.stage.name,
    connections: records[0]!.stage.connections ?? 0,
    seconds,
    throughputRps,
    low: throughputRps * Math.max(0, 1 - error),
    high: throughputRps * (1 + error),
    completedRps: answered / seconds,
    errorShare: sent === 0 ? 0 : countWhere(series, isError) / sent,
    valid: valid.length > 0,
  }
}

const throughputOf = ({ throughputRps, low, high }: Rung): Pick<Rung, 'throughputRps' | 'low' | 'high'> => ({
  throughputRps,
  low,
  high,
})

function wordGrowth(
  rungs: readonly Rung[],
  highest: Rung,
  plateau: { readonly connections: number } | undefined,
): string {
  const most = `${formatRate(highest.throughputRps)} with ${connections(highest.connections)}`
  const top = rungs.toSorted((a, b) => a.connections - b.connections).at(-1)!
  if (plateau !== undefined) {
    const fallen = top.valid && top.throughputRps < highest.throughputRps * FALLEN
    return (
      `from about ${connections(plateau.connections)} on, twice as many bring less than ` +
      `${formatShare(LEVEL_GROWTH)} more; the most was ${most}` +
      (fallen
        ? `, and with ${formatNumber(top.connections)} it falls to ${formatRate(top.throughputRps)}`
        : '')
    )
  }
  if (!top.valid)
    return `the load generator was the limit with ${connections(top.connections)}, so the target may carry more than ${formatRate(highest.throughputRps)}`
  return rungs.length === 1
    ? `${most}; one number of connections does not show whether more would bring more`
    : `throughput still grows with the connections, up to ${most}: more of them may bring more`
}

const connections = (count: number): string =>
  `${formatNumber(count, 9)} ${count === 1 ? 'connection' : 'connections'}`
