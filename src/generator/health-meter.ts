import { PerformanceObserver, performance } from 'node:perf_hooks'
import type { EventLoopUtilization } from 'node:perf_hooks'
import type { HealthPart } from '../recording/window-part.ts'

type LoopHealth = Pick<HealthPart, 'utilisation' | 'longestStallMs' | 'garbageCollectionMs'>

/**
 * How busy one worker's event loop is. Node's own utilisation counts spinning as work, so rounds of the loop in
 * which nothing came in and nothing was due are taken off again.
 */
export class HealthMeter {
  readonly #collections: PerformanceObserver
  #garbageCollectionMs = 0
  #base: EventLoopUtilization = performance.eventLoopUtilization()
  #spunNs = 0
  #longestGapNs = 0
  #longestGapEndedAt = 0
  #lastAt: number
  #activity = 0

  constructor(now: number) {
    this.#lastAt = now
    this.#collections = new PerformanceObserver(list => {
      for (const { duration } of list.getEntries()) this.#garbageCollectionMs += duration
    })
    this.#collections.observe({ entryTypes: ['gc'] })
  }

  /** One round of the loop begins. `expectedNs`: how long it was meant to sleep; `activity`: rises with any work. */
  round(now: number, expectedNs: number, activity: number): void {
    const gap = now - this.#lastAt
    if (expectedNs === 0 && activity === this.#activity) this.#spunNs += gap
    this.#noteGap(now, expectedNs)
    this.#lastAt = now
    this.#activity = activity
  }

  /**
   * What the loop was like since the last call, for a window that ended at `to`. The loop may have stood still
   * until `now`; a stall that went on beyond the window is also one of the next.
   */
  take(to: number, now: number, expectedNs: number): LoopHealth {
    this.#noteGap(now, expectedNs)
    const { active, idle } = performance.eventLoopUtilization(this.#base)
    const busyMs = Math.max(0, active - this.#spunNs / 1e6)
    const health = {
      utilisation: active + idle > 0 ? Math.min(1, busyMs / (active + idle)) : 0,
      longestStallMs: this.#longestGapNs / 1e6,
      garbageCollectionMs: this.#garbageCollectionMs,
    }
    this.#base = performance.eventLoopUtilization()
    this.#spunNs = 0
    if (this.#longestGapEndedAt <= to) this.#longestGapNs = 0
    this.#garbageCollectionMs = 0
    return health
  }

  #noteGap(now: number, expectedNs: number): void {
    const stalledNs = now - this.#lastAt - expectedNs
    if (stalledNs <= this.#longestGapNs) return
    this.#longestGapNs = stalledNs
    this.#longestGapEndedAt = now
  }

  stop(): void {
    this.#collections.disconnect()
  }
}
