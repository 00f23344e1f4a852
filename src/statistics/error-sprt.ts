import { bernoulliLogRatio } from './bernoulli-log-ratio.ts'
import { type SprtDecision, sprtDecision } from './sprt-decision.ts'

/** What the test decides between, and how surely. */
export interface ErrorSprtSetting {
  /** ε: the share of hits, beyond the base, that is the limit. */
  readonly epsilon: number
  /** Share of hits at any load. */
  readonly base: number
  /** Probability of either error. */
  readonly alpha: number
}

/** The test so far. Plain JSON. */
export interface ErrorSprt extends ErrorSprtSetting {
  readonly trials: number
  readonly hits: number
}

export const startErrorSprt = (setting: ErrorSprtSetting): ErrorSprt => ({ ...setting, trials: 0, hits: 0 })

/** With `hits` among further `trials`. */
export const observeErrors = (test: ErrorSprt, trials: number, hits: number): ErrorSprt => ({
  ...test,
  trials: test.trials + trials,
  hits: test.hits + hits,
})

/** The shares on either side of the limit that are told apart, as factors of ε. */
const CLEARLY_BELOW = 0.8
const CLEARLY_ABOVE = 1.25
const NEARLY_ALL = 1 - 1e-9

/** ln of the likelihood of base + 1.25·ε over that of base + 0.8·ε. Above 0 there are rather too many hits. */
export function errorLogRatio({ epsilon, base, trials, hits }: ErrorSprt): number {
  const low = Math.min(base + CLEARLY_BELOW * epsilon, NEARLY_ALL)
  const high = Math.min(base + CLEARLY_ABOVE * epsilon, (1 + low) / 2)
  return bernoulliLogRatio(hits, trials, low, high)
}

/** Wald's sequential probability ratio test (Annals of Mathematical Statistics 16(2), 1945), bounds ±ln((1 − α)/α). */
export const errorDecision = (test: ErrorSprt): SprtDecision =>
  sprtDecision(errorLogRatio(test), Math.log((1 - test.alpha) / test.alpha))
