import { countAbove, quantileUs, totalCount } from '../../src/result/counts.ts'
import { completedRate, latenessOf, runPlimsoll } from '../support/run-plimsoll.ts'
import type { Round } from './contestant.ts'

/** Compiling and opening connections are over by then. */
const WARM_UP_SECONDS = 2
const LIMIT_US = 1000
/** Of the offered requests, this share has to be answered while the load goes on. */
const ANSWERED_SHARE = 0.99

export interface Punctuality {
  readonly ratePerSecond: number
  readonly latenessP99Us: number
  readonly answeredShare: number
  readonly punctual: boolean
}

/**
 * Offers Poisson arrivals of one rate and looks how late they were sent. Over as many connections as the load needs: with
 * no more than the closed loops have, a request waits for one whenever the server pauses, and would count as sent late.
 */
export async function probePunctuality(
  { workshop, url, core, seconds }: Round,
  ratePerSecond: number,
): Promise<Punctuality> {
  const rate = Math.round(ratePerSecond)
  const scenario = `name: open model
target: ${url}
stages:
  - { name: warm-up, rate: ${rate}/s, for: ${WARM_UP_SECONDS}s, warmup: true }
  - { name: load, rate: ${rate}/s, for: ${seconds}s }
requests:
  - { name: page, get: / }
`
  const run = await runPlimsoll(workshop, { scenario, core, seconds: seconds + WARM_UP_SECONDS })
  const measured = run.windows.filter(({ stage }) => stage === 1)
  const lateness = latenessOf(measured)
  const offered = measured.reduce((sum, each) => sum + each.offered, 0)
  const latenessP99Us = quantileUs(lateness, 0.99) ?? Infinity
  const answeredShare = completedRate(measured) / (offered / seconds)
  // What was dropped because it was too late to send counts as late.
  const late = countAbove(lateness, LIMIT_US) + Math.max(0, offered - totalCount(lateness))
  const punctual = late <= 0.01 * offered && answeredShare >= ANSWERED_SHARE
  return { ratePerSecond: rate, latenessP99Us, answeredShare, punctual }
}
