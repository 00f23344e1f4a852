import type { Result } from '../result/result.ts'
import { formatDuration, formatNumber } from '../units/format.ts'
import { quantileUs } from '../result/counts.ts'
import { largest } from '../statistics/extremes.ts'
import { checkLittle } from './check-little.ts'
import { TOLERATED_INVALID } from './figures.ts'
import type { Trust } from './findings.ts'
import type { KneeReading } from './knee.ts'
import { countWhere } from './window-record.ts'
import type { WindowRecord } from './window-record.ts'

/** May the numbers be believed? Refuse rather than mislead: a false capacity must never be printed. */
export function judgeTrust(result: Result, records: readonly WindowRecord[], { knee }: KneeReading): Trust {
  const measured = records.filter(({ stage }) => !stage.warmup)
  const invalid = measured.filter(({ limits }) => limits.length > 0)
  const tooMany = tooManyInvalid(measured, knee)
  const reasons = [
    ...miscounts(records),
    ...missing(result, measured, invalid),
    ...tooMany,
    ...('rps' in knee && knee.by !== 'sustained' ? invalidAround(knee.rps, measured) : []),
  ]
  return {
    ok: reasons.length === 0,
    reasons,
    notes: [...notesOn(result, measured, tooMany.length === 0 ? invalid : []), ...checkLittle(records)],
  }
}

/**
 * The same for a closed model, which sends whenever it is answered: nothing can be late there. A load generator that
 * is the limit makes its throughput a lower bound, which it is anyway.
 */
export function judgeClosedTrust(result: Result, records: readonly WindowRecord[]): Trust {
  const measured = records.filter(({ stage }) => !stage.warmup)
  const invalid = measured.filter(({ limits }) => limits.length > 0)
  const reasons = [...miscounts(records), ...missing(result, measured, invalid)]
  const limited =
    invalid.length === 0
      ? []
      : [
          `the generator was the limit in ${invalid.length} of ${windows(measured.length)}, e.g. ${example(invalid)}; the target may carry more than was seen there`,
        ]
  return { ok: reasons.length === 0, reasons, notes: [...notesOn(result, measured, []), ...limited] }
}

/** Every intended request must have ended as exactly one outcome. */
function miscounts(records: readonly WindowRecord[]): string[] {
  const wrong = records.filter(({ window, series }) => {
    const ended = countWhere(series, () => true)
    return window.offered !== ended || window.sent > window.offered
  })
  return wrong.length === 0
    ? []
    : [`the counts of ${windows(wrong.length)} do not add up: a fault of the tool`]
}

function missing(
  { ended }: Result,
  measured: readonly WindowRecord[],
  invalid: readonly WindowRecord[],
): string[] {
  if (measured.every(({ window }) => window.offered === 0))
    return [ended.how === 'stopped' ? `nothing was measured: ${ended.reason}` : 'nothing was measured']
  return invalid.length === measured.length ? ['the generator was the limit all the time'] : []
}

/**
 * Void windows are too many when they are more than a fifth of all. That a rate was sustained leans on the windows up
 * to it alone: where the generator gave out only above, the result is "at least" that rate, and true.
 */
function tooManyInvalid(measured: readonly WindowRecord[], knee: KneeReading['knee']): string[] {
  const leantOn = knee.by === 'sustained' ? measured.filter(({ rate }) => rate <= knee.upTo) : measured
  if (!isOftenVoid(measured) || !isOftenVoid(leantOn)) return []
  const invalid = measured.filter(({ limits }) => limits.length > 0)
  return [
    `the generator was the limit in ${invalid.length} of ${windows(measured.length)}, e.g. ${example(invalid)}`,
  ]
}

const isOftenVoid = (records: readonly WindowRecord[]): boolean =>
  records.filter(({ limits }) => limits.length > 0).length > TOLERATED_INVALID * records.length

/** The knee leans on the windows within a tenth of it. */
function invalidAround(rps: number, measured: readonly WindowRecord[]): string[] {
  const near = measured.filter(({ rate }) => Math.abs(rate / rps - 1) < 0.1)
  const invalid = near.filter(({ limits }) => limits.length > 0)
  if (invalid.length <= near.length / 2) return []
  return [`the generator was the limit around the knee, e.g. ${example(invalid)}`]
}

function notesOn(
  { ended, plan }: Result,
  measured: readonly WindowRecord[],
  invalid: readonly WindowRecord[],
): string[] {
  const notes: string[] = []
  if (ended.how === 'interrupted')
    notes.push(`interrupted by ${ended.signal} after ${formatDuration(ended.at)}`)
  if (ended.how === 'stopped' && measured.length > 0)
    notes.push(`stopped after ${formatDuration(ended.at)}: ${ended.reason}`)
  if (invalid.length > 0 && invalid.length < measured.length)
    notes.push(
      `${windows(invalid.length)} left out, the generator was the limit there, e.g. ${example(invalid)}`,
    )
  const blurred = measured.filter(record => record.blurred)
  if (blurred.length > 0)
    notes.push(
      `in ${windows(blurred.length)} of ${measured.length} requests left up to ${formatDuration(latest(blurred) * 1e3)} late (p99), which is in the response times; rates do not suffer from it`,
    )
  const waiting = measured.reduce(
    (sum, { series }) =>
      sum +
      countWhere(
        series,
        ({ outcome }) => outcome.kind === 'never-sent' && outcome.reason === 'no-free-connection',
      ),
    0,
  )
  if (waiting > 0)
    notes.push(
      `${formatNumber(waiting, 9)} requests found all ${formatNumber(plan.maxConnections, 9)} connections waiting and count as errors`,
    )
  return notes
}

function latest(records: readonly WindowRecord[]): number {
  return largest(
    records.map(({ lateness }) => quantileUs(lateness, 0.99) ?? 0),
    0,
  )
}

const windows = (count: number): string => (count === 1 ? '1 window' : `${count} windows`)

function example(invalid: readonly WindowRecord[]): string {
  const { window, limits } = invalid[0]!
  return `at ${formatDuration(window.from)}: ${limits.join(', ')}`
}
