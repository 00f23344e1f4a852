import type { Nanoseconds } from './quantity.ts'

/** Monotonic time since the start of the trial. The core never asks the machine for the time. */
export interface Clock {
  now(): Nanoseconds
}
