import { lowLoad } from '../baseline.ts'
import { sums } from '../collapse.ts'
import type { Level } from '../levels.ts'
import { goodMedianUs } from '../throughput.ts'

const FEWEST = 5
const CLEARLY_ABOVE = 1.16
/** What a limiter lets through scatters far less than a flow of requests: index of dispersion. */
const REGULAR = 0.25
/** It lets the knee through, and not the more the more is offered, as a server without a queue does. */
const SAME_LEVEL = 0.05
/** Of the deficit: what is neither answered well nor refused may be this much, or else something queues. */
const QUEUES = 0.1

export interface Overload {
  readonly above: readonly Level[]
  readonly below: readonly Level[]
  /** Good answers per second when the knee is offered. */
  readonly goodAtKnee: number
  /** A refusal names a limit. */
  readonly isSigned: boolean
}

/**
 * Does something let a fixed rate through, whatever is offered? What is refused carries the whole deficit, good answers
 * are as quick as at little load, so that nothing queues, and far more regular than a flow that queues, or the refusals say so.
 */
export function isLimited({ above: over, below, goodAtKnee, isSigned }: Overload): boolean {
  // Near the knee a bucket is full only now and then.
  const clear = over.filter(({ rate }) => rate > goodAtKnee * CLEARLY_ABOVE)
  const above = clear.length < FEWEST ? over : clear
  const { good, bad, offered, seconds } = sums(above)
  // A long hold just below the knee queues as much as what is above it.
  const [light, heavy] = [goodMedianUs(lowLoad(below)), goodMedianUs(above)]
  if (above.length < FEWEST || light === undefined || heavy === undefined || good === 0) return false
  const rate = good / seconds
  const scatter = above.reduce(
    (sum, level) => sum + (level.good - rate * level.seconds) ** 2 / (rate * level.seconds),
    0,
  )
  const queues = heavy > 2 * light || offered - good - bad > QUEUES * bad
  const isLevel = Math.abs(rate / goodAtKnee - 1) < SAME_LEVEL
  const isRegular = isSigned || scatter / (above.length - 1) < REGULAR
  return !queues && bad > 0 && isLevel && isRegular
}
