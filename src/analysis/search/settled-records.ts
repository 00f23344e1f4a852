import type { SearchPhase, SearchRecord, SearchStep } from '../../result/search-record.ts'
import { TOLERATED_ERRORS } from '../holds.ts'
import { isError } from '../window-record.ts'
import type { WindowRecord } from '../window-record.ts'

/** Phases whose load says something about the target at that rate; the others wait for it to come to rest. */
const TELLING: ReadonlySet<SearchPhase> = new Set([
  'baseline',
  'ramp',
  'plateau',
  'drain',
  'settle',
  'hold',
  'onset',
  'soak',
])
/** In flight against what the rate keeps there at rest: beyond, something is left of an overload. */
const USUAL = 3

/**
 * The windows of a search that show what the target does at their rate, in order of time: valid, of a phase that
 * tells, without the first second of a rate, in which the one before still shows, and after a step down only from
 * where the backlog is gone. A search goes up and down; what is left of an overload is not the lower rate's doing.
 */
export function settledRecords(
  { steps, conclusion }: SearchRecord,
  records: readonly WindowRecord[],
): readonly WindowRecord[] {
  const rest = timeAtRest(steps, records)
  const isUsual = (inFlight: number, rate: number): boolean =>
    inFlight <= USUAL * (Math.max(rest * rate, 1) + 1)
  const isCalm = (record: WindowRecord): boolean =>
    isUsual(record.window.inFlight.mean, record.rate) &&
    errorsOf(record) <= record.window.offered * (conclusion.baselineShare + TOLERATED_ERRORS) + 1
  /** The rate whose overload has left something behind; 0 for nothing. */
  let leftBy = 0
  return records.filter((record, i) => {
    const before = records[i - 1]
    const { rate, window } = before ?? NOTHING_BEFORE
    if (record.rate < rate && !isUsual(window.inFlight.atEnd, rate)) leftBy = Math.max(leftBy, rate)
    if (leftBy > 0 && (isCalm(record) || record.rate >= leftBy)) leftBy = 0
    return (
      leftBy === 0 && record.stage.from === before?.stage.from && tells(record, steps[record.window.stage])
    )
  })
}

const NOTHING_BEFORE = { rate: 0, window: { inFlight: { atEnd: 0 } } }

function tells({ limits, cut, rate }: WindowRecord, step: SearchStep | undefined): boolean {
  const isValid = limits.length === 0 && !cut && rate > 0
  return isValid && step !== undefined && step.outcome !== 'void' && TELLING.has(step.phase)
}

/** Mean time in the target at the baseline's load, in s, by Little's law. */
function timeAtRest(steps: SearchRecord['steps'], records: readonly WindowRecord[]): number {
  let resident = 0
  let offered = 0
  for (const { window, seconds } of records) {
    if (steps[window.stage]?.phase !== 'baseline') continue
    resident += window.inFlight.mean * seconds
    offered += window.offered
  }
  return resident / Math.max(1, offered)
}

const errorsOf = ({ series }: WindowRecord): number =>
  series.reduce((sum, one) => (isError(one) ? sum + one.count : sum), 0)
