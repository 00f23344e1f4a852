/**
 * Timers that all run equally long: they end in the order in which they were set, so that a ring does where a heap would take O(log n).
 * Whoever sets one for a job tells its stamp too; a job that has another when the timer ends was meant no more.
 */
export interface TimerLane {
  /** Infinity when none is set. */
  earliest(): number
  /** Without effect where the delay is null. */
  set(now: number, id: number, stamp: number): void
  /** Removes the earliest: its job, or -1 when that has another stamp by now. */
  pop(stamps: Int32Array): number
}

const FIRST_CAPACITY = 256

export function createTimerLane(delay: number | null): TimerLane {
  let due = new Float64Array(FIRST_CAPACITY)
  let who = new Int32Array(2 * FIRST_CAPACITY)
  let first = 0
  let size = 0

  function grow(): void {
    const [oldDue, oldWho, capacity] = [due, who, due.length]
    due = new Float64Array(2 * capacity)
    who = new Int32Array(4 * capacity)
    for (let i = 0; i < size; i += 1) {
      const from = (first + i) & (capacity - 1)
      due[i] = oldDue[from]!
      who[2 * i] = oldWho[2 * from]!
      who[2 * i + 1] = oldWho[2 * from + 1]!
    }
    first = 0
  }

  return {
    earliest: () => (size === 0 ? Infinity : due[first]!),
    set(now, id, stamp) {
      if (delay === null) return
      if (size === due.length) grow()
      const at = (first + size) & (due.length - 1)
      due[at] = now + delay
      who[2 * at] = id
      who[2 * at + 1] = stamp
      size += 1
    },
    pop(stamps) {
      const id = who[2 * first]!
      const stamp = who[2 * first + 1]!
      first = (first + 1) & (due.length - 1)
      size -= 1
      return stamps[id] === stamp ? id : -1
    },
  }
}
