import { addCounts, quantileUs } from '../../result/counts.ts'
import type { Outcome } from '../../result/outcome.ts'
import type { SearchRecord } from '../../result/search-record.ts'
import { formatDuration, formatNumber, formatRate } from '../../units/format.ts'
import type { WindowRecord } from '../window-record.ts'
import type { TimeoutForecast } from './search-findings.ts'
import { byStage } from '../by-stage.ts'
import { sums } from '../collapse.ts'
import { TOLERATED_ERRORS } from '../holds.ts'
import type { KneeReading } from '../knee.ts'
import { latencyModeUs } from '../latency-mode.ts'
import type { Level } from '../levels.ts'
import type { ArrivalFlow } from '../throughput.ts'
import { countWhere, isError } from '../window-record.ts'

const ABOVE = 0.1
/** nginx's proxy_read_timeout, ALB's idle timeout. */
const USUAL_TIMEOUT = 60
const CLEAR = 3
const FEWEST = 3
/** Share beyond the baseline's from which on a window fails. */
const FAILING = 0.05
/** A backlog that has grown most of its growth half way has stopped growing. */
const LATE = 0.8
const QUICK = 0.05

/**
 * Beyond the knee C a backlog grows by λ − C each second, and with it the wait by λ/C − 1; a timeout T is met when
 * the wait w of light load has grown to it, after (T − w)/(λ/C − 1). A ramp shows such an onset too late by far, so
 * it is predicted. Undefined where no backlog was seen to grow.
 */
export function forecastTimeout(
  { steps }: SearchRecord,
  records: readonly WindowRecord[],
  { knee, calm, flow }: KneeReading,
): TimeoutForecast | undefined {
  if (!('rps' in knee) || knee.by === 'sustained' || isBounded(calm, knee.rps, flow.p0)) return undefined
  const above = [...byStage(records, ({ window }) => window.stage).values()].filter(
    own => own[0]!.rate > knee.rps && steps[own[0]!.window.stage]?.phase !== 'recovery',
  )
  const growing = above.find(own => grows(own, flow))
  const seen = timeoutSeconds(records)
  // A short timeout far above the knee is met before a backlog can be seen to grow; that it was met says the same.
  const meeting =
    seen === undefined ? undefined : above.find(own => own.some(one => one.series.some(isGatewayTimeout)))
  const rate = (growing ?? meeting)?.[0]!.rate
  if (rate === undefined) return undefined
  const wait = quickSeconds(calm)
  const timeout = seen ?? USUAL_TIMEOUT
  const seconds = Math.max(0, timeout - wait) / ABOVE
  const rps = knee.rps * (1 + ABOVE)
  const which =
    seen === undefined
      ? `a gateway that waits ${formatDuration(timeout * 1e9)}, as many do, would answer 504`
      : `the gateway's timeout of ${formatDuration(timeout * 1e9)} is met`
  const how =
    growing === undefined ? 'waits grew until the gateway gave up' : 'the backlog grew second by second'
  return {
    rps,
    seconds,
    timeoutSeconds: timeout,
    assumed: seen === undefined,
    because:
      `at ${formatRate(rate)} ${how}; at ${formatRate(rps)}, a tenth above the knee, ` +
      `waits grow by ${formatNumber(ABOVE)} s each second, and ${which} after ${formatDuration(seconds * 1e9)}`,
  }
}

/** Is the excess turned away by something other than a timeout? Then the backlog grows no further. */
function isBounded(calm: readonly Level[], knee: number, p0: number): boolean {
  const above = calm.filter(({ rate }) => rate > knee)
  const refused = above.flatMap(({ series }) => series.filter(one => isError(one) && !isTimeout(one.outcome)))
  return countWhere(refused, () => true) > sums(above).offered * (p0 + TOLERATED_ERRORS)
}

const isGatewayTimeout = ({ outcome }: { readonly outcome: Outcome }): boolean =>
  outcome.kind === 'answered' && outcome.status === 504

const isTimeout = (outcome: Outcome): boolean =>
  outcome.kind === 'timed-out' || (outcome.kind === 'answered' && outcome.status === 504)

/** Did more and more requests wait, beyond what chance piles up, until they failed? Var(A − D) ≈ (c_a² + 1)·λt. */
function grows(own: readonly WindowRecord[], { arrivalVariation, p0 }: ArrivalFlow): boolean {
  const end = own.findIndex(
    ({ limits, window, series }) =>
      limits.length > 0 || countWhere(series, isError) > window.offered * (p0 + FAILING),
  )
  const part = end < 0 ? own : own.slice(0, end)
  if (part.length < FEWEST) return false
  const atEnd = (i: number): number => part[i]!.window.inFlight.atEnd - part[0]!.window.inFlight.atEnd
  const grown = atEnd(part.length - 1)
  const arrivals = part.slice(1).reduce((sum, { window }) => sum + window.offered, 0)
  return (
    grown > CLEAR * Math.sqrt((arrivalVariation + 1) * arrivals) && atEnd(part.length >> 1) < LATE * grown
  )
}

/** What a good answer takes when it need not wait, in s. */
function quickSeconds(levels: readonly Level[]): number {
  const good = levels.flatMap(({ series }) => series.filter(one => one.good))
  return (quantileUs(addCounts(good.map(({ responseTimes }) => responseTimes)), QUICK) ?? 0) / 1e6
}

/** The time after which the gateway answered 504; undefined where it did not, or at no one time. */
function timeoutSeconds(records: readonly WindowRecord[]): number | undefined {
  const late = records.flatMap(({ series }) => series).filter(isGatewayTimeout)
  const mode = latencyModeUs(addCounts(late.map(({ responseTimes }) => responseTimes)))
  return mode === undefined ? undefined : mode / 1e6
}
