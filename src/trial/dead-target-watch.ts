import type { TickPart } from '../recording/window-part.ts'
import { neverSentCode, outcomeOf } from '../result/outcome.ts'

export interface DeadTarget {
  readonly failure: string
  readonly reason: string
}

/** So many seconds since the first request ended, none of them with an answer, and the target is taken for dead. */
const SILENT_SECONDS = 3
const FEWEST_ENDED = 3
/** What the generator did not get round to says nothing about the target. */
const BEHIND = neverSentCode('generator-behind')

/**
 * Watches for a target that has not given a single answer since the start: going on would measure nothing. A target
 * that answered once is measured to the end, because how it fails under load is what the trial is about.
 */
export function createDeadTargetWatch(): (ticks: readonly TickPart[]) => DeadTarget | undefined {
  let alive = false
  let silent = 0
  const failures = new Map<number, number>()
  return ticks => {
    alive ||= ticks.some(({ flow }) => flow.answered > 0)
    if (alive) return undefined
    for (const [code, count] of ticks.flatMap(tick => tick.failures))
      if (code !== BEHIND) failures.set(code, (failures.get(code) ?? 0) + count)
    const ended = [...failures.values()].reduce((sum, count) => sum + count, 0)
    if (ended === 0) return undefined
    silent += 1
    if (silent < SILENT_SECONDS || ended < FEWEST_ENDED) return undefined
    const [code] = [...failures].sort(([, a], [, b]) => b - a)[0]!
    const outcome = outcomeOf(code)
    const failure =
      outcome.kind === 'failed'
        ? outcome.cause
        : outcome.kind === 'never-sent'
          ? outcome.reason
          : outcome.kind
    return {
      failure,
      reason: `not one of the first ${ended} requests was answered; most ended as ${failure}`,
    }
  }
}
