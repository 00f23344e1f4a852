/** What happens at instants that come in no order. */
export const Happening = {
  /** A job has been worked off; `id` is the job. */
  WORKED_OFF: 0,
  /** The first of those that share a backend is done, unless the sharing has changed since; `id` is the backend. */
  SHARE_DONE: 1,
  /** A client's pause before it tries again is over; `id` is the job. */
  PAUSE_OVER: 2,
  /** A client's deadline, where the job is not the one that its attempt began with. */
  DEADLINE: 3,
} as const

/** The earliest first, in columns: nothing is allocated but when it grows. Push and pop take O(log n). */
export interface EventHeap {
  /** Infinity when empty. */
  earliest(): number
  push(at: number, kind: number, id: number, stamp: number): void
  /** Removes the earliest, whose kind, id and stamp are then found below. */
  pop(): void
  kind: number
  id: number
  stamp: number
}

const FIRST_CAPACITY = 256

export function createEventHeap(): EventHeap {
  let at = new Float64Array(FIRST_CAPACITY)
  /** Kind, id and stamp of each, side by side. */
  let what = new Int32Array(3 * FIRST_CAPACITY)
  let size = 0

  function grow(): void {
    const [oldAt, oldWhat] = [at, what]
    at = new Float64Array(2 * oldAt.length)
    what = new Int32Array(2 * oldWhat.length)
    at.set(oldAt)
    what.set(oldWhat)
  }

  function move(from: number, to: number): void {
    at[to] = at[from]!
    what[3 * to] = what[3 * from]!
    what[3 * to + 1] = what[3 * from + 1]!
    what[3 * to + 2] = what[3 * from + 2]!
  }

  const heap: EventHeap = {
    kind: 0,
    id: 0,
    stamp: 0,
    earliest: () => (size === 0 ? Infinity : at[0]!),
    push(key, kind, id, stamp) {
      if (size === at.length) grow()
      let hole = size
      size += 1
      while (hole > 0) {
        const parent = (hole - 1) >> 1
        if (at[parent]! <= key) break
        move(parent, hole)
        hole = parent
      }
      at[hole] = key
      what[3 * hole] = kind
      what[3 * hole + 1] = id
      what[3 * hole + 2] = stamp
    },
    pop() {
      heap.kind = what[0]!
      heap.id = what[1]!
      heap.stamp = what[2]!
      size -= 1
      const key = at[size]!
      let hole = 0
      for (let child = 1; child < size; child = 2 * hole + 1) {
        if (child + 1 < size && at[child + 1]! < at[child]!) child += 1
        if (at[child]! >= key) break
        move(child, hole)
        hole = child
      }
      move(size, hole)
    },
  }
  return heap
}
