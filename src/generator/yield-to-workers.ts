import { readdirSync } from 'node:fs'
import { constants, setPriority } from 'node:os'

/** Threads of this process so far: the caller's, and those that compile and collect garbage. Empty where unknown. */
export function threadsSoFar(): readonly number[] {
  try {
    return readdirSync('/proc/self/task').map(Number)
  } catch {
    return []
  }
}

/**
 * Lets other threads go first where processors are shared. On Linux a priority belongs to a thread, whose number
 * does for the process's (setpriority(2), "C library/kernel differences"). What is refused stays as it is.
 */
export function yieldToWorkers(threads: readonly number[]): void {
  for (const thread of threads) {
    try {
      setPriority(thread, constants.priority.PRIORITY_LOW)
    } catch {
      // The thread has ended, or may not be changed: nothing depends on it.
    }
  }
}
