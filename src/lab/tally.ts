/** What a lab server did with the requests it received in full. The control endpoints are not among them. */
export interface LabCounts {
  /** byStatus + resets + abandoned + waiting. */
  readonly total: number
  /** Answers by the status sent. */
  readonly byStatus: Readonly<Record<string, number>>
  /** Connections cut instead of an answer. */
  readonly resets: number
  /** The client was gone when the answer was due. */
  readonly abandoned: number
  /** Not answered yet. */
  readonly waiting: number
  /** When the first and the latest request came, ISO 8601; null before the first. */
  readonly firstAt: string | null
  readonly lastAt: string | null
}

/** What the server says of itself besides. */
export interface LabAccount extends LabCounts {
  /** The longest time that its event loop stood still, ms: as much later than the model says may answers have left. */
  readonly longestStallMs: number
}

export interface Tally {
  received(): void
  answered(status: number): void
  reset(): void
  abandoned(): void
  counts(): LabCounts
}

const iso = (millis: number): string | null => (Number.isNaN(millis) ? null : new Date(millis).toISOString())

export function createTally(wallClock: () => number = Date.now): Tally {
  const byStatus: Record<string, number> = {}
  let [total, sent, resets, abandoned] = [0, 0, 0, 0]
  let [firstAt, lastAt] = [Number.NaN, Number.NaN]
  return {
    received() {
      lastAt = wallClock()
      if (total === 0) firstAt = lastAt
      total += 1
    },
    answered(status) {
      sent += 1
      byStatus[status] = (byStatus[status] ?? 0) + 1
    },
    reset() {
      resets += 1
    },
    abandoned() {
      abandoned += 1
    },
    counts: () => ({
      total,
      byStatus: { ...byStatus },
      resets,
      abandoned,
      waiting: total - sent - resets - abandoned,
      firstAt: iso(firstAt),
      lastAt: iso(lastAt),
    }),
  }
}
