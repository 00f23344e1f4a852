import { clopperPearson } from '../../statistics/binomial.ts'
import { coverage } from '../../statistics/coverage.ts'
import { alarms, observeBin, startECusum } from '../../statistics/e-cusum.ts'
import { formatNumber, formatRate, formatShare } from '../../units/format.ts'
import { baselineShare, lowLoad } from '../baseline.ts'
import { CLEAR_GAIN, isotonicGain, lossGain } from '../dose-response.ts'
import type { KneeReading } from '../knee.ts'
import { shareOf } from '../outages.ts'
import type { Dose } from '../outages.ts'
import { flowVariance } from '../sustained-onset.ts'

/** Smallest share that a baseline is credited with: one that was never seen is not proved to be zero. */
const FLOOR = 5e-4
/** Rates up to this part of the knee are quiet: what fails there, the load does not bring. */
const QUIET = 0.75
/** Share of the seconds that show a load-induced loss at least, and at most when the load is taken away. */
const SPREAD = 0.6
const GONE = 0.3
const FEWEST = 3
/** Requests in a bin, where that takes no longer than so many seconds. */
const BIN = 400
const BIN_SECONDS = 4
/** In one visit alone, this many seconds must show it: an outage is shorter. */
const LONGER_THAN_OUTAGES = 8
/** A share that most seconds show is not sporadic. */
const NOT_SPORADIC = 0.005

/** Does the load bring it? With its baseline share p0, and the reason in words. */
export type Relation =
  | { readonly is: 'load'; readonly p0: number; readonly because: string }
  | { readonly is: 'none' | 'undecided'; readonly because: string }

/**
 * Does its share grow with the load, in most seconds of the rates that show it, and was it gone on every visit to lower
 * rates? Load-induced loss is spread over every second, sporadic loss is clumped, an outage comes once.
 */
export function relateToLoad(doses: readonly Dose[], knee: KneeReading): Relation {
  if (doses.length === 0) return { is: 'undecided', because: 'no valid window of the search to judge by' }
  const p0 = baselineShare(doses)
  const base = upperBase(doses, p0, knee)
  const hot = hotFrom(doses, base)
  if (hot === undefined || !isAlarmed(doses, base, hot)) return unrelated(p0)
  const gain = Math.max(lossGain(doses, flowVariance(knee)), isotonicGain(doses))
  const rates = new Set(doses.map(({ rate }) => rate)).size
  if (rates > 1 && gain <= CLEAR_GAIN)
    return {
      is: 'none',
      because: `its share does not grow with the load (likelihood ratio ${gain.toFixed(1)})`,
    }
  const visits = visitsTo(doses, base, hot)
  // Holds that bracket the errors themselves show them from there on, too faint for a single second.
  const shownFrom = Math.min(hot, knee.crossing?.rps ?? Infinity)
  const seconds = doses.filter(({ rate }) => rate >= shownFrom).length
  if (visits > 1)
    return {
      is: 'load',
      p0,
      because: `it came on each of ${formatNumber(visits)} visits to ${formatRate(hot)} or more and was gone in between`,
    }
  if (seconds >= LONGER_THAN_OUTAGES && (rates > 1 || knee.throughput !== undefined))
    return {
      is: 'load',
      p0,
      because: `${formatNumber(seconds)} s at ${formatRate(shownFrom)} or more show it`,
    }
  return {
    is: 'undecided',
    because: 'met at the highest rates on one visit only, too short to tell the load from an outage',
  }
}

const unrelated = (p0: number): Relation => ({
  is: 'none',
  because:
    p0 > NOT_SPORADIC
      ? `${formatShare(p0)} of the requests met it at low load, and no more than that at the highest`
      : 'sporadic: there is no rate from which on most seconds met it',
})

/** 99 % upper bound of the share that quiet rates show; the floor where these are overloaded themselves. */
function upperBase(doses: readonly Dose[], p0: number, { knee }: KneeReading): number {
  const low = lowLoad(doses)
  if (p0 === 0 && shareOf(low) > NOT_SPORADIC) return FLOOR
  const limit = 'rps' in knee ? knee.rps * QUIET : 0
  const quiet = doses.filter(({ rate }) => rate <= limit)
  const { hits, offered } = total(total(quiet).offered > total(low).offered ? quiet : low)
  return Math.max(FLOOR, Math.min(0.5, clopperPearson(hits, offered, 0.98).high))
}

const total = (doses: readonly Dose[]): { readonly hits: number; readonly offered: number } => ({
  hits: doses.reduce((sum, { hits }) => sum + hits, 0),
  offered: doses.reduce((sum, { offered }) => sum + offered, 0),
})

/** Share of the bins that show more than the base would. Quiet rates take several seconds to a bin, lest it see too few. */
function covers(doses: readonly Dose[], base: number): number {
  const bins: { trials: number; hits: number; seconds: number; rate: number }[] = []
  for (const { offered, hits, seconds, rate } of doses) {
    const last = bins.at(-1)
    if (last === undefined || last.rate !== rate || last.trials >= BIN || last.seconds >= BIN_SECONDS)
      bins.push({ trials: offered, hits, seconds, rate })
    else {
      last.trials += offered
      last.hits += hits
      last.seconds += seconds
    }
  }
  return coverage(bins, base)
}

/** The lowest rate from which on most seconds show it, of that rate and of all higher ones. */
function hotFrom(doses: readonly Dose[], base: number): number | undefined {
  const rates = [...new Set(doses.map(({ rate }) => rate))].toSorted((a, b) => a - b)
  return rates.find(rate => {
    const above = doses.filter(dose => dose.rate >= rate)
    const own = above.filter(dose => dose.rate === rate)
    return above.length >= FEWEST && covers(above, base) >= SPREAD && covers(own, base) >= SPREAD
  })
}

/** Does the e-CUSUM over the seconds at that rate or above, as they came, raise an alarm? */
function isAlarmed(doses: readonly Dose[], base: number, hot: number): boolean {
  let detector = startECusum(base)
  return doses.some(({ rate, offered, hits }) => {
    if (rate < hot) return false
    detector = observeBin(detector, offered, hits)
    return alarms(detector)
  })
}

/** Visits to that rate or above which show it, each but the first after quiet seconds below. */
function visitsTo(doses: readonly Dose[], base: number, hot: number): number {
  const runs: Dose[][] = []
  for (const [i, dose] of doses.entries()) {
    const before = doses[i - 1]
    if (before !== undefined && before.rate >= hot === dose.rate >= hot) runs.at(-1)!.push(dose)
    else runs.push([dose])
  }
  let visits = 0
  let isGone = true
  for (const run of runs) {
    const covered = covers(run, base)
    if (run[0]!.rate < hot) isGone = covered < GONE
    else if (isGone && covered >= SPREAD) visits += 1
  }
  return visits
}
