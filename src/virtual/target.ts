import { createMinHeap } from '../lab/min-heap.ts'
import type { LabModel, Reply } from '../lab/model.ts'
import type { RequestTemplate } from '../plan/plan.ts'
import type { Exchange } from '../result/exchange.ts'
import { TIMED_OUT, failedCode } from '../result/outcome.ts'
import type { OutcomeCode } from '../result/outcome.ts'

/** A request on its way; the record is used again once it has ended. Instants in ns from the start of the trial. */
interface Visit extends Exchange {
  window: number
  request: number
  intendedAt: number
  sentAt: number
  bytesRead: number
  code: OutcomeCode
  reply: Reply
  ended: boolean
}

/** A server of the lab without a network between. */
export interface VirtualTarget {
  /** No ending comes before this if nothing else is sent; Infinity when nobody is waiting. */
  nextAt(): number
  /** Goes to that instant and ends whoever is due. */
  endNext(): void
  /** A request leaves at `at`; everything up to then has been ended. */
  send(window: number, request: number, at: number): void
}

const RESET = failedCode('reset')

const codeOf = ({ action, status }: Reply): OutcomeCode => (action === 'reset' ? RESET : status)

/**
 * Requests reach the model the instant they are due and end when it says, or at their deadline: then the client has
 * gone, but the server works on. As in `plimsoll lab`, the model counts its time from the first request.
 */
export function createVirtualTarget(
  model: LabModel,
  requests: readonly Pick<RequestTemplate, 'path' | 'deadline'>[],
  onEnd: (exchange: Exchange, code: OutcomeCode, at: number, reply: Reply) => void,
): VirtualTarget {
  const { later } = model
  const endings = createMinHeap<Visit>()
  const undecided = new Map<Reply, Visit>()
  const spare: Visit[] = []
  let originNs = Number.NaN
  const toNs = (seconds: number): number => originNs + seconds * 1e9
  const laterAt = (): number => (later === undefined ? Infinity : toNs(later.nextAt()))

  function end(visit: Visit, at: number): void {
    visit.ended = true
    visit.bytesRead = visit.code >= 100 ? (visit.reply.body?.length ?? 0) : 0
    onEnd(visit, visit.code, at, visit.reply)
  }

  function endUndecided(at: number): void {
    const reply = later!.take()
    const visit = undecided.get(reply)
    // Nobody waits for it any more.
    if (visit === undefined) return
    undecided.delete(reply)
    visit.code = codeOf(reply)
    end(visit, at)
  }

  function endKnown(at: number): void {
    const visit = endings.pop()!
    if (!visit.ended) {
      if (later !== undefined) undecided.delete(visit.reply)
      end(visit, at)
    }
    spare.push(visit)
  }

  return {
    nextAt: () => Math.min(endings.smallestKey(), laterAt()),
    endNext() {
      const [known, decided] = [endings.smallestKey(), laterAt()]
      if (decided <= known) endUndecided(decided)
      else endKnown(known)
    },
    send(window, request, at) {
      if (Number.isNaN(originNs)) originNs = at
      const { path, deadline } = requests[request]!
      const reply = model.arrive((at - originNs) / 1e9, path)
      const departsAt = Math.max(at, toNs(reply.departsAtSeconds))
      const code = departsAt <= at + deadline ? codeOf(reply) : TIMED_OUT
      const visit = spare.pop() ?? newVisit(reply)
      visit.window = window
      visit.request = request
      visit.intendedAt = visit.sentAt = at
      visit.code = code
      visit.reply = reply
      visit.ended = false
      if (departsAt === Infinity) undecided.set(reply, visit)
      endings.push(Math.min(departsAt, at + deadline), visit)
    },
  }
}

const newVisit = (reply: Reply): Visit => ({
  window: 0,
  request: 0,
  intendedAt: 0,
  sentAt: 0,
  // Not told: nothing that judges a search asks for it, and a third of its time would go there.
  firstByteAt: -1,
  bytesRead: 0,
  code: TIMED_OUT,
  reply,
  ended: false,
})
