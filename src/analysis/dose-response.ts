import { binomialTail, clopperPearson } from '../statistics/binomial.ts'
import { isotonic } from '../statistics/isotonic.ts'
import { fitLossLaw } from '../statistics/loss-law.ts'
import type { LossPoint } from '../statistics/loss-law.ts'
import { runningSum } from '../statistics/running-sum.ts'
import { shareOf } from './outages.ts'
import type { Dose } from './outages.ts'

/** 99.8 % quantile: chance marks one window in five hundred. */
const CHANCE = 0.002
/** Smallest share that a baseline is credited with: one that was never seen is not proved to be zero. */
const FLOOR = 5e-4
const COVERAGE = 0.6
const AHEAD = 5
/** Fewer windows than this at the end of the run may be one outage. */
const LEAST = 4
const TOP_WINDOWS = 3
/** Likelihood ratio, twice its logarithm, beyond which load is believed to matter (chi-square 1 %, 1 df). */
export const CLEAR_GAIN = 6.6

/**
 * Index of the first window from which on the hits stay clearly above the baseline share: in at least 60 % of the
 * windows that follow, the next few and all to the end. Load-induced loss is spread over every window, sporadic
 * loss is clumped.
 */
export function sustainedFrom(doses: readonly Dose[], p0: number): number | undefined {
  const hot = doses.map(({ hits, offered }) => binomialTail(hits, offered, Math.max(p0, FLOOR)) < CHANCE)
  const hotIn = runningSum(hot, is => (is ? 1 : 0))
  const covers = (from: number, to: number): boolean => hotIn(from, to) >= Math.max(COVERAGE * (to - from), 1)
  const { length } = hot
  const first = hot.findIndex((is, i) => is && covers(i, Math.min(i + AHEAD, length)) && covers(i, length))
  return first < 0 || first > doses.length - LEAST ? undefined : first
}

/** Do the highest loads show a share that is clearly, and by more than a fifth of a percent, above the baseline's? */
export function showsAtTheTop(doses: readonly Dose[], p0: number): boolean {
  const top = doses.toSorted((a, b) => a.rate - b.rate).slice(-TOP_WINDOWS)
  const offered = top.reduce((sum, dose) => sum + dose.offered, 0)
  const hits = top.reduce((sum, dose) => sum + dose.hits, 0)
  return clopperPearson(hits, offered, 0.99).low > p0 + Math.max(0.002, p0 / 4)
}

/**
 * How much better a share that rises with the load explains the hits than a constant one: minus twice the binomial
 * log-likelihood ratio, over the dispersion that remains around the rising one.
 */
export function isotonicGain(doses: readonly Dose[]): number {
  const byRate = doses.filter(({ offered }) => offered > 0).toSorted((a, b) => a.rate - b.rate)
  const rising = isotonic(byRate.map(({ hits, offered }) => ({ value: hits / offered, weight: offered })))
  const constant = shareOf(byRate)
  let gain = 0
  let pearson = 0
  byRate.forEach(({ hits, offered }, i) => {
    gain += 2 * (logLikelihood(hits, offered, rising[i]!) - logLikelihood(hits, offered, constant))
    const variance = offered * rising[i]! * (1 - rising[i]!)
    if (variance > 0) pearson += (hits - offered * rising[i]!) ** 2 / variance
  })
  const free = Math.max(1, byRate.length - new Set(rising).size)
  return gain / Math.max(1, pearson / free)
}

function logLikelihood(hits: number, offered: number, p: number): number {
  const missed = offered - hits
  return (hits > 0 ? hits * Math.log(p) : 0) + (missed > 0 ? missed * Math.log1p(-p) : 0)
}

/** How much better the loss law explains the hits than a constant share, with the noise of a flow of variance `v`. */
export function lossGain(doses: readonly Dose[], v: number): number {
  return fitLossLaw(doses.map(toLossPoint), v).gain
}

export function toLossPoint({ rate, offered, hits }: Dose): LossPoint {
  return { rate, offered, share: hits / Math.max(1, offered) }
}
