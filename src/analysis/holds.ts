import type { Plan } from '../plan/plan.ts'
import { normalQuantile } from '../statistics/normal-quantile.ts'
import { byStage } from './by-stage.ts'
import { sums } from './collapse.ts'
import type { Level } from './levels.ts'
import type { ArrivalFlow } from './throughput.ts'

/** Shortest stage at one rate that counts as a test of that rate, in s. */
export const HOLD_SECONDS = 5
/** Resolution ω: a load fails when its deficit is shown above 0 at this scale, passes when such a deficit is excluded. */
export const RESOLUTION = 0.03
/** Excess share of errors ε beyond which a load is not sustained. */
export const TOLERATED_ERRORS = 0.01
const ONE_SIDED_95: number = normalQuantile(0.95)

export interface Hold {
  readonly name: string
  readonly rate: number
  readonly seconds: number
  readonly offered: number
  /** Share of the offered requests that did not become good answers, beyond the baseline's. */
  readonly deficit: number
  readonly verdict: 'pass' | 'fail' | 'undecided'
}

/** Every constant stage as a test of its rate; its first second, in which the last rate still shows, is left out. */
export function judgeHolds(
  { stages }: Pick<Plan, 'stages'>,
  levels: readonly Level[],
  flow: ArrivalFlow,
): Hold[] {
  const levelsOf = byStage(levels, ({ stage }) => stage)
  return stages.flatMap(({ name, from, to, for: duration }, index) => {
    const own = levelsOf.get(index)?.slice(1) ?? []
    const { offered, seconds } = sums(own)
    if (from !== to || duration < HOLD_SECONDS * 1e9 || seconds < HOLD_SECONDS - 2 || offered === 0) return []
    return [{ name, rate: from, seconds, offered, ...judge(own, flow) }]
  })
}

function judge(levels: readonly Level[], flow: ArrivalFlow): Pick<Hold, 'deficit' | 'verdict'> {
  const { offered, kept, bad } = sums(levels)
  const deficit = (offered * (1 - flow.p0) - kept) / offered
  const error = ONE_SIDED_95 * Math.sqrt((flow.arrivalVariation + 1) / offered)
  const errors = bad / offered - flow.p0
  const errorsError = ONE_SIDED_95 * Math.sqrt((flow.p0 + TOLERATED_ERRORS) / offered)
  if (deficit - error > RESOLUTION / 2 || errors - errorsError > TOLERATED_ERRORS)
    return { deficit, verdict: 'fail' }
  const passes = deficit + error < RESOLUTION && errors <= TOLERATED_ERRORS
  return { deficit, verdict: passes ? 'pass' : 'undecided' }
}
