import { createMinHeap } from './min-heap.ts'
import type { LabModel, Reply } from './model.ts'

/** A request between its arrival and its departure. `ticket` is whatever the owner answers it with. */
export interface Visit<Ticket> {
  readonly ticket: Ticket
  readonly arrivedAtSeconds: number
  /** From 1, in the order of arrival. */
  readonly sequence: number
  readonly reply: Reply
}

/** Runs a model: takes arrivals, hands back visits when they are due. Knows no clock; instants are told to it. */
export interface ReplySchedule<Ticket> {
  arrive(atSeconds: number, path: string, ticket: Ticket): void
  /** Departs everyone due by then. */
  release(nowSeconds: number): void
  /** The next departure as far as known; Infinity when nobody is waiting. */
  nextDueAt(): number
  /** Those who arrived and have not departed. */
  waiting(): Iterable<Visit<Ticket>>
}

export function createReplySchedule<Ticket>(
  model: LabModel,
  depart: (visit: Visit<Ticket>) => void,
): ReplySchedule<Ticket> {
  const due = createMinHeap<Visit<Ticket>>()
  const undecided = new Map<Reply, Visit<Ticket>>()
  const present = new Set<Visit<Ticket>>()
  const laterAt = (): number => model.later?.nextAt() ?? Infinity
  let sequence = 0

  function settle(nowSeconds: number): void {
    while (model.later !== undefined && laterAt() <= nowSeconds && undecided.size > 0) {
      const reply = model.later.take()
      due.push(reply.departsAtSeconds, undecided.get(reply)!)
      undecided.delete(reply)
    }
  }

  return {
    arrive(atSeconds, path, ticket) {
      settle(atSeconds)
      sequence += 1
      const reply = model.arrive(atSeconds, path)
      const visit = { ticket, arrivedAtSeconds: atSeconds, sequence, reply }
      present.add(visit)
      if (reply.departsAtSeconds === Infinity) undecided.set(reply, visit)
      else due.push(reply.departsAtSeconds, visit)
    },
    release(nowSeconds) {
      settle(nowSeconds)
      while (due.size > 0 && due.smallestKey() <= nowSeconds) {
        const visit = due.pop()!
        present.delete(visit)
        depart(visit)
      }
    },
    nextDueAt: () => Math.min(due.smallestKey(), laterAt()),
    waiting: () => present,
  }
}
