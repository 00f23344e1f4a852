import type { Plan } from '../plan/plan.ts'
import type { IntervalWindow, Result, RunFacts } from '../result/result.ts'
import type { Progress } from './progress.ts'

/** `drain`: send nothing more and wait for what is in flight. `now`: give that up too. */
export type StopRequest = { readonly how: 'drain' | 'now'; readonly signal: 'SIGINT' | 'SIGTERM' }

export interface TrialEffects {
  readonly workers: number
  readonly facts: Omit<RunFacts, 'startedAt' | 'endedAt' | 'workers' | 'connectedTo'>
  readonly onProgress: (progress: Progress) => void
  /** Called as each window is complete, in order of time: a journal can keep it. */
  readonly onWindow: (window: IntervalWindow) => void
  /** The trial calls this once with a function that stops it. */
  readonly onStoppable: (stop: (request: StopRequest) => void) => void
}

/**
 * Carries out one plan. Always gives a RESULT: a target that cannot be reached, an interruption or a lost worker
 * shows as `ended`, with whatever was measured until then.
 */
export declare function carryOut(plan: Plan, effects: TrialEffects): Promise<Result>
