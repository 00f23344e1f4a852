import type { Address } from '../http/address.ts'
import type { PlanShare } from '../pacing/schedule.ts'
import type { Plan } from '../plan/plan.ts'
import type { TickPart, WindowPart } from '../recording/window-part.ts'
import type { Pacing, Sample } from '../result/result.ts'

/** What a worker thread is given when it is made. */
export interface WorkerTask {
  readonly plan: Plan
  readonly share: PlanShare
  readonly address: Address
  readonly pacing: Pacing
}

/** Coordinator to worker. `startAtNs` is on the clock that all threads share (CLOCK_MONOTONIC). */
export type Order =
  | { readonly order: 'start'; readonly startAtNs: number }
  | { readonly order: 'drain' }
  | { readonly order: 'abandon' }

/** Worker to coordinator. */
export type Word =
  | { readonly word: 'ready' }
  | { readonly word: 'tick'; readonly tick: TickPart }
  | { readonly word: 'windows'; readonly windows: readonly WindowPart[] }
  | { readonly word: 'sample'; readonly sample: Sample }
  | {
      readonly word: 'done'
      readonly drain: { readonly answered: number; readonly good: number; readonly ended: number }
    }
