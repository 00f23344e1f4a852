import type { Address } from '../http/address.ts'
import type { PlanShare } from '../pacing/schedule.ts'
import type { Plan, Stage } from '../plan/plan.ts'
import type { TickPart, WindowPart } from '../recording/window-part.ts'
import type { Pacing, Sample } from '../result/result.ts'

/** What a worker thread is given when it is made. */
export interface WorkerTask {
  readonly plan: Plan
  readonly share: PlanShare
  readonly address: Address
  readonly pacing: Pacing
  /** The plan's stages are not all that will come: they are extended until it is closed. */
  readonly growing?: boolean
}

/** Coordinator to worker. `startAtNs` is on the clock that all threads share (CLOCK_MONOTONIC). */
export type Order =
  | { readonly order: 'start'; readonly startAtNs: number }
  /** The whole list; of what was known before, at most the last entry has changed: it may have become longer. */
  | { readonly order: 'extend'; readonly stages: readonly Stage[] }
  /** The plan does not grow any more. */
  | { readonly order: 'close' }
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
