import { type SprtDecision, sprtDecision } from './sprt-decision.ts'

/** What the test decides between, and how surely. */
export interface FlowSprtSetting {
  /** Offered load λ, 1/s. */
  readonly rate: number
  /** ω: the lasting deficit, as a share of λ, that is to be told from none. */
  readonly omega: number
  /** c_a² + IDC: variance over mean of what comes, plus that of what goes. */
  readonly variance: number
  /** Share of the offered that fails at any load. */
  readonly base: number
  /** Probability of either error. */
  readonly alpha: number
}

/** The test so far. Plain JSON. */
export interface FlowSprt extends FlowSprtSetting {
  readonly seconds: number
  /** X: offered − good − base·offered. */
  readonly excess: number
}

export const startFlowSprt = (setting: FlowSprtSetting): FlowSprt => ({ ...setting, seconds: 0, excess: 0 })

/** With what came (`offered`) and what ended well (`good`) in further `seconds`. */
export const observeFlow = (test: FlowSprt, seconds: number, offered: number, good: number): FlowSprt => ({
  ...test,
  seconds: test.seconds + seconds,
  excess: test.excess + offered - good - test.base * offered,
})

/**
 * ln of the likelihood of the drift ωλ over that of none, for an excess that is a Brownian motion of variance
 * σ² = λ·(c_a² + IDC) a second: (ωλ/σ²)·(X − ωλt/2). Above 0 the load is rather not carried.
 */
export function flowLogRatio({ rate, omega, variance, seconds, excess }: FlowSprt): number {
  return (omega / variance) * (excess - (omega * rate * seconds) / 2)
}

/**
 * Wald's sequential probability ratio test (Annals of Mathematical Statistics 16(2), 1945) for a load that is not
 * carried. The bounds ±ln(1/α) are Ville's: each error stays below α however often one looks and however long one goes on.
 */
export const flowDecision = (test: FlowSprt): SprtDecision =>
  sprtDecision(flowLogRatio(test), Math.log(1 / test.alpha))
