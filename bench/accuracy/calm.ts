import { setTimeout as sleep } from 'node:timers/promises'
import { readTimes } from './machine.ts'

const LOOK_MS = 1000
const IDLE_SHARE = 0.75
const MOST_LOOKS = 60

/**
 * Waits for a second in which the machine was three quarters idle, for a minute at most. Decided before a run begins, so
 * that it says nothing about how the run ends. Where the system does not tell its idle time, nobody waits.
 */
export async function waitForCalm(): Promise<void> {
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const before = readTimes()
    await sleep(LOOK_MS)
    const after = readTimes()
    if (before === undefined || after === undefined) return
    if (after.idle - before.idle >= IDLE_SHARE * (after.total - before.total)) return
  }
}
