/** Rings once at a given instant: to within some ten microseconds on an idle core where it spins, else to a millisecond or two. */
export interface PreciseAlarm {
  /** Replaces the instant set before; Infinity is never. */
  setFor(atSeconds: number): void
}

/** Timers have a resolution of 1 ms, and an idle core may be late by two more: leave the rest to spinning. */
const SPIN_MS = 4

/**
 * Sleeps on a timer until shortly before the instant, then turns the event loop with `setImmediate`, so that sockets
 * are still served between two looks at the clock. Costs a core only while something is due within 4 ms; without spinning none at all,
 * for machines on which several servers share one.
 */
export function createPreciseAlarm(now: () => number, ring: () => void, spins = true): PreciseAlarm {
  let dueAt = Infinity
  let timer: NodeJS.Timeout | undefined
  let isSpinning = false

  function look(): void {
    isSpinning = false
    if (now() < dueAt) {
      approach()
      return
    }
    dueAt = Infinity
    ring()
  }

  function approach(): void {
    clearTimeout(timer)
    timer = undefined
    if (isSpinning || dueAt === Infinity) return
    const gapMs = (dueAt - now()) * 1e3
    if (gapMs > (spins ? SPIN_MS + 1 : 0)) {
      timer = setTimeout(spins ? approach : look, Math.max(1, spins ? gapMs - SPIN_MS : gapMs))
      return
    }
    isSpinning = true
    setImmediate(look)
  }

  return {
    setFor(atSeconds) {
      if (atSeconds === dueAt) return
      dueAt = atSeconds
      approach()
    },
  }
}
