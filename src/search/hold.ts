import { formatNumber, formatShare } from '../units/format.ts'
import { afterBurstHold, confirmTask } from './after-plateau.ts'
import { afterKnee } from './after-knee.ts'
import { bracketFrom } from './bracket.ts'
import { gentleStep } from './ramp.ts'
import { readHold } from './read-hold.ts'
import type { HoldReading } from './read-hold.ts'
import type { SearchState } from './search-state.ts'
import { drainBefore } from './step-down.ts'
import { begin, close, flagged } from './step.ts'
import type { HoldTask } from './task.ts'

export function judgeHold(state: SearchState, task: HoldTask): SearchState {
  const reading = readHold(state, task)
  if (reading.decision === 'undecided') return state
  const passed = reading.decision === 'pass'
  const outcome = `${reading.forced ? 'forced-' : ''}${passed ? 'pass' : 'fail'}` as const
  const closed = close(state, {
    outcome: outcome === 'pass' ? 'passed' : outcome === 'fail' ? 'failed' : outcome,
    found: describe(reading, task, passed),
    on: reading.on,
    carried: passed,
  })
  return goOn(closed, task, passed)
}

function goOn(state: SearchState, task: HoldTask, passed: boolean): SearchState {
  switch (task.purpose) {
    case 'burst':
      return afterBurstHold(state, passed)
    case 'confirm':
      return afterConfirmation(state, task, passed)
    case 'coarse':
      return afterCarefulStep(state, task, passed)
    case 'cap':
      return afterCap(state, passed)
    case 'bracket':
      return bracketFrom(state)
    case 'slo':
      return afterKnee(state)
    default:
      return task.purpose satisfies never
  }
}

/** Steps are short, so a failure has to be seen twice. */
function afterCarefulStep(state: SearchState, task: HoldTask, passed: boolean): SearchState {
  if (passed) return begin(state, gentleStep(state, task.rate))
  return task.attempt === 0 ? drainBefore(state, { ...task, attempt: 1 }) : bracketFrom(state)
}

/** The cap is the user's, or what the generator can offer. Not carried, it is no limit: the knee lies below. */
function afterCap(state: SearchState, passed: boolean): SearchState {
  const isLimited = state.flags.includes('generator-limited')
  if (passed) return afterKnee(isLimited ? state : flagged(state, 'reached-the-cap'))
  return bracketFrom({ ...state, flags: state.flags.filter(flag => flag !== 'generator-limited') })
}

/** A plateau that is not carried twice is not the knee: losses begin below it. */
function afterConfirmation(state: SearchState, { attempt }: HoldTask, passed: boolean): SearchState {
  if (passed) return afterKnee(state)
  return attempt === 0 ? drainBefore(state, confirmTask(state, 1)) : bracketFrom(state)
}

function describe({ on, forced }: HoldReading, { purpose }: HoldTask, passed: boolean): string {
  if (purpose === 'slo')
    return `${passed ? 'holds' : 'broken'}: ${formatShare(1 - (on.bad + on.slow) / Math.max(1, on.ended))} are in time`
  const verdict = forced
    ? passed
      ? 'passes, if narrowly'
      : 'fails, if narrowly'
    : passed
      ? 'passes'
      : 'fails'
  const deficit = formatShare(Math.max(0, on.excess / Math.max(1, on.offered)))
  const errors = on.bad === 0 ? '' : `, ${formatShare(on.bad / Math.max(1, on.ended))} errors`
  return `${verdict}: ${formatNumber(on.offered, 6)} requests, deficit ${deficit}${errors}`
}
