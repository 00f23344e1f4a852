import { formatNumber, formatRate } from '../units/format.ts'
import { lowLoad } from './baseline.ts'
import { sums } from './collapse.ts'
import type { Recovery } from './findings.ts'
import { TOLERATED_ERRORS } from './holds.ts'
import type { KneeReading } from './knee.ts'
import { levelOf } from './levels.ts'
import type { Level } from './levels.ts'
import type { WindowRecord } from './window-record.ts'

const BELOW = 0.95
/** One step down shows whether the target comes back, not at which rate it would. */
const UNKNOWN = { rateRps: null, ratio: null, vulnerable: null, latched: false } as const
const IN_FLIGHT = 2
/** Statuses whose work the backend may go on with after the client was answered. */
const ABANDONED: ReadonlySet<number> = new Set([504, 524])

/**
 * Does the target come back when the load falls below the knee again? Recovered when errors and requests in flight are
 * back to what is usual at low load. Metastable when it stays down for 3·t_d + 5 s, t_d being the time in which the
 * backlog should drain (Bronson et al., HotOS 2021). Null when it was not overloaded, or the load never fell again.
 */
export function findRecovery(measured: readonly WindowRecord[], reading: KneeReading): Recovery | null {
  const { knee } = reading
  if (knee.by === 'nothing' || knee.by === 'sustained') return null
  const levels = measured.filter(({ cut, rate }) => !cut && rate > 0).map(levelOf)
  const overloaded = levels.findIndex(({ rate }) => rate > knee.rps)
  if (overloaded < 0) return null
  const fell = levels.findIndex(({ rate }, i) => i > overloaded && rate < knee.low * BELOW)
  if (fell < 0) return null
  const until = levels.findIndex(({ rate }, i) => i > fell && rate >= knee.low * BELOW)
  return judge(levels.slice(overloaded, fell), levels.slice(fell, until < 0 ? undefined : until), reading)
}

function judge(over: readonly Level[], under: readonly Level[], reading: KneeReading): Recovery {
  const { at, rate } = under[0]!
  const usual = usualSeconds(lowLoad(reading.calm))
  const back = under.findIndex(
    (level, i) => isUsual(level, usual, reading) && isUsual(under[i + 1] ?? level, usual, reading),
  )
  if (back >= 0) {
    const seconds = under[back]!.at - at
    const when = seconds === 0 ? 'within the first second' : `after ${formatNumber(seconds)} s`
    return {
      ...UNKNOWN,
      recovered: true,
      seconds,
      metastable: false,
      because: `at ${formatRate(rate)} it was back to normal ${when}`,
    }
  }
  const lasted = sums(under).seconds
  const drain = drainSeconds(over, rate, reading)
  const allowed = 3 * drain + 5
  const metastable = lasted >= allowed
  const down = `still not back to normal ${formatNumber(lasted)} s after the load fell to ${formatRate(rate)}`
  return {
    ...UNKNOWN,
    recovered: false,
    seconds: null,
    metastable,
    because: metastable
      ? `${down}, although the backlog should drain in ${formatNumber(drain)} s: something keeps it down`
      : `${down}; ${formatNumber(allowed)} s would be needed to tell slow draining from staying down`,
  }
}

/** Mean response time at low load, in s, by Little's law. */
const usualSeconds = (usual: readonly Level[]): number =>
  usual.reduce((sum, one) => sum + one.inFlight.mean * one.seconds, 0) / Math.max(1, sums(usual).offered)

function isUsual(level: Level, seconds: number, { flow }: KneeReading): boolean {
  const inFlight = IN_FLIGHT * Math.max(seconds * level.rate, 1) + 1
  return level.bad <= level.offered * (flow.p0 + TOLERATED_ERRORS) + 1 && level.inFlight.mean <= inFlight
}

/** Backlog over spare capacity; with what was given up on but may still be worked at. */
function drainSeconds(over: readonly Level[], rate: number, { knee }: KneeReading): number {
  const spare = 'rps' in knee ? knee.rps - rate : 0
  let abandoned = 0
  for (const { series } of over)
    for (const { outcome, count } of series) {
      const gaveUp =
        outcome.kind === 'answered' ? ABANDONED.has(outcome.status) : outcome.kind === 'timed-out'
      if (gaveUp) abandoned += count
    }
  return (over.at(-1)!.inFlight.atEnd + abandoned) / Math.max(spare, 1)
}
