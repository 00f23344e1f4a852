import { blockBootstrap } from '../statistics/block-bootstrap.ts'
import { isotonic } from '../statistics/isotonic.ts'
import { normalQuantile } from '../statistics/normal-quantile.ts'
import { fitPowerLaw } from '../statistics/power-law.ts'
import { largest } from '../statistics/extremes.ts'
import type { Dose } from './outages.ts'

const BLOCK_WINDOWS = 1
const REPLICATES = 200
const SEED = 20_240_229
/** How far above the rough crossing the power law is fitted, and how far from it it may end. */
const REACH = 1.35
const REJECTED = 2
const Z: number = normalQuantile(0.975)

export interface Crossing {
  readonly rps: number
  readonly low: number
  readonly high: number
}

/**
 * Rate at which the share of hits, which can only rise with the load, rises by `excess` above `p0`, with a 95 %
 * interval. Undefined when it stays below. Isotonic regression finds it roughly; if the share grows like a power of
 * the rate around there, as it does without a queue, that law uses all windows near by and is far sharper.
 */
export function findCrossing(doses: readonly Dose[], p0: number, excess: number): Crossing | undefined {
  const rough = crossingOf(doses, p0 + excess)
  if (rough === Infinity) return undefined
  const near = doses.filter(({ rate, offered }) => rate <= rough * REACH && offered > 0)
  const law = fitPowerLaw(
    near.map(({ rate, offered, hits }) => ({ x: rate, offered, hits })),
    p0,
  )
  if (law !== undefined && law.exponent > 0 && law.dispersion < REJECTED) {
    const { x, logError } = law.reaches(excess)
    if (Math.abs(Math.log(x / rough)) < Math.log(REACH))
      return { rps: x, low: x * Math.exp(-Z * logError), high: x * Math.exp(Z * logError) }
  }
  return { rps: rough, ...bootstrapInterval(doses, p0 + excess, rough) }
}

function bootstrapInterval(
  doses: readonly Dose[],
  limit: number,
  rps: number,
): Pick<Crossing, 'low' | 'high'> {
  const resampling = { blockLength: BLOCK_WINDOWS, replicates: REPLICATES, seed: SEED }
  const replicates = blockBootstrap(doses, sample => crossingOf(sample, limit), resampling)
  const highest = largest(doses.map(({ rate }) => rate))
  const at = (q: number): number => Math.min(highest, replicates[Math.floor(q * (REPLICATES - 1))]!)
  return { low: Math.min(rps, at(0.025)), high: Math.max(rps, at(0.975)) }
}

/** Between the last rate at which the isotonic share is within the limit and the first at which it is not. */
function crossingOf(doses: readonly Dose[], limit: number): number {
  const byRate = doses.filter(({ offered }) => offered > 0).toSorted((a, b) => a.rate - b.rate)
  const shares = isotonic(byRate.map(({ hits, offered }) => ({ value: hits / offered, weight: offered })))
  const first = shares.findIndex(share => share > limit)
  if (first < 0) return Infinity
  const above = byRate[first]!
  const below = byRate[first - 1]
  if (below === undefined) return above.rate
  const part = (limit - shares[first - 1]!) / (shares[first]! - shares[first - 1]!)
  return below.rate + part * (above.rate - below.rate)
}
