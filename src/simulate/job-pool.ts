/** Where a job is. */
export const Place = { NOWHERE: 0, QUEUE: 1, BACKLOG: 2, SLOT: 3 } as const

/**
 * One try of the gateway for one attempt of a client, from its coming until nobody works at it or waits for it any more. Kept in columns
 * that a job is an index of; a freed index is given again under another stamp, so that timers of the old one are known as such.
 * Growing replaces the columns: read them from the pool each time.
 */
export interface JobPool {
  /** When its request came first, before all retries. */
  readonly firstAt: Float64Array
  /** When this attempt of its client began. */
  readonly attemptAt: Float64Array
  /** When it came to where it is now. */
  readonly since: Float64Array
  /** Seconds of service that it is. */
  readonly work: Float64Array
  /** Part of the simulation that its request is counted in. */
  readonly cell: Int32Array
  readonly backend: Int32Array
  /** Attempts of the client before this one, and tries of the gateway before it within the attempt. */
  readonly clientTries: Int32Array
  readonly gatewayTries: Int32Array
  readonly place: Uint8Array
  /** 1 while the client waits for it. */
  readonly isAwaited: Uint8Array
  /** 1 while it takes a place of its backend's at the gateway. */
  readonly isHeld: Uint8Array
  /** 1 when it waited in a queue of the gateway. */
  readonly hasQueued: Uint8Array
  readonly stamp: Int32Array
  /** Neighbours in the list that it stands in. */
  readonly next: Int32Array
  readonly previous: Int32Array
  take(): number
  release(job: number): void
}

const FIRST_CAPACITY = 256
type Column = Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>

export function createJobPool(): JobPool {
  const columns = {
    firstAt: new Float64Array(FIRST_CAPACITY),
    attemptAt: new Float64Array(FIRST_CAPACITY),
    since: new Float64Array(FIRST_CAPACITY),
    work: new Float64Array(FIRST_CAPACITY),
    cell: new Int32Array(FIRST_CAPACITY),
    backend: new Int32Array(FIRST_CAPACITY),
    clientTries: new Int32Array(FIRST_CAPACITY),
    gatewayTries: new Int32Array(FIRST_CAPACITY),
    place: new Uint8Array(FIRST_CAPACITY),
    isAwaited: new Uint8Array(FIRST_CAPACITY),
    isHeld: new Uint8Array(FIRST_CAPACITY),
    hasQueued: new Uint8Array(FIRST_CAPACITY),
    stamp: new Int32Array(FIRST_CAPACITY),
    next: new Int32Array(FIRST_CAPACITY),
    previous: new Int32Array(FIRST_CAPACITY),
  }
  let free = new Int32Array(FIRST_CAPACITY)
  let freed = 0
  let used = 0

  function grow(): void {
    const growing: Record<string, Column> = pool as unknown as Record<keyof typeof columns, Column>
    for (const name of Object.keys(columns)) growing[name] = doubled(growing[name]!)
    free = new Int32Array(2 * free.length)
  }

  const pool: JobPool = {
    ...columns,
    take() {
      if (freed > 0) {
        freed -= 1
        return free[freed]!
      }
      if (used === free.length) grow()
      used += 1
      return used - 1
    },
    release(job) {
      pool.stamp[job]! += 1
      free[freed] = job
      freed += 1
    },
  }
  return pool
}

function doubled(column: Column): Column {
  const twice =
    column instanceof Float64Array
      ? new Float64Array(2 * column.length)
      : column instanceof Int32Array
        ? new Int32Array(2 * column.length)
        : new Uint8Array(2 * column.length)
  twice.set(column)
  return twice
}
