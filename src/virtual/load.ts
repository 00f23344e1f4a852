import { FirstSamples } from '../result/first-samples.ts'
import type { LabModel, Reply } from '../lab/model.ts'
import { isExpected } from '../plan/plan.ts'
import type { Plan, Stage } from '../plan/plan.ts'
import { layOutWindows } from '../plan/window-layout.ts'
import type { WindowSpan } from '../plan/window-layout.ts'
import { Recorder } from '../recording/recorder.ts'
import type { TickPart, WindowPart } from '../recording/window-part.ts'
import type { Exchange } from '../result/exchange.ts'
import { outcomeOf } from '../result/outcome.ts'
import type { OutcomeCode } from '../result/outcome.ts'
import type { Flow, Sample } from '../result/result.ts'
import { createSchedule } from '../pacing/schedule.ts'
import type { Schedule } from '../pacing/schedule.ts'
import { nanoseconds } from '../units/quantity.ts'
import { sampleHead } from './sample-head.ts'
import { createVirtualTarget } from './target.ts'
import type { VirtualTarget } from './target.ts'

/** A generator that is never the limit: every request leaves on time. */
const SENT_LATE_NS = 20e3
const HEALTH = { utilisation: 0.2, longestStallMs: 1, garbageCollectionMs: 0 }
const CONNECTED_AFTER_NS = 100e3

/** Load against a server of the lab in virtual time: the real schedule and recorder, without a network between. */
export class VirtualLoad {
  #spans: readonly WindowSpan[]
  readonly #schedule: Schedule
  readonly #recorder: Recorder
  readonly #target: VirtualTarget
  readonly #firsts: FirstSamples
  readonly #samples: Sample[] = []
  readonly #parts: WindowPart[] = []
  #connections = { open: 0, opened: 0 }

  constructor(plan: Plan, model: LabModel) {
    this.#spans = layOutWindows(plan)
    this.#schedule = createSchedule(plan, { index: 0, count: 1 })
    this.#recorder = new Recorder(
      this.#spans,
      plan.requests.length,
      (request, status) => isExpected(plan.requests[request]!, status),
      plan.search?.slow?.within,
    )
    this.#firsts = new FirstSamples(plan.requests.length)
    this.#target = createVirtualTarget(model, plan.requests, (exchange, code, at, reply) =>
      this.#end(exchange, code, at, reply),
    )
  }

  get spans(): readonly WindowSpan[] {
    return this.#spans
  }

  get parts(): readonly WindowPart[] {
    return this.#parts
  }

  get drain(): Flow {
    return this.#recorder.drain
  }

  /** The first of each kind, in order of time. */
  get samples(): readonly Sample[] {
    return this.#samples.toSorted((a, b) => a.at - b.at)
  }

  /** The whole list: all but the last stage unchanged, the last one may have become longer. */
  extend(stages: readonly Stage[]): void {
    this.#spans = layOutWindows({ stages }, this.#spans)
    this.#recorder.extend(this.#spans)
    this.#schedule.extend(stages)
  }

  /** Lets the next window pass. */
  runWindow(): TickPart {
    const { to } = this.#spans[this.#recorder.clockWindow]!
    this.#runTo(to)
    const tick = this.#recorder.tick(to, {
      ...HEALTH,
      connectionsOpened: this.#connections.opened,
      connectionsOpen: this.#connections.open,
    })
    this.#connections.opened = 0
    this.#takeClosed(this.#recorder.clockWindow)
    return tick
  }

  /** Nothing more is due: what is in flight is awaited. */
  finish(): void {
    while (this.#recorder.inFlight > 0) this.#target.endNext()
    this.#takeClosed(Infinity)
  }

  #takeClosed(next: number): void {
    this.#parts.push(...this.#recorder.takeClosed(next))
  }

  #runTo(end: number): void {
    const schedule = this.#schedule
    const target = this.#target
    for (;;) {
      const due = schedule.at
      const next = target.nextAt()
      if (next <= due) {
        if (next >= end) return
        target.endNext()
      } else {
        if (due >= end) return
        this.#start(due)
      }
    }
  }

  #start(due: number): void {
    const recorder = this.#recorder
    const window = recorder.clockWindow
    recorder.offer(window, due)
    recorder.late(window, SENT_LATE_NS)
    if (recorder.inFlight > this.#connections.open) {
      this.#connections.open += 1
      this.#connections.opened += 1
      recorder.opened(CONNECTED_AFTER_NS, -1, false)
    }
    this.#target.send(window, this.#schedule.request, due)
    this.#schedule.advance()
  }

  #end(exchange: Exchange, code: OutcomeCode, at: number, reply: Reply): void {
    this.#recorder.end(exchange, code, at)
    // Only an answer leaves its connection to the next request.
    if (code < 100) this.#connections.open -= 1
    if (this.#firsts.isWanted(exchange.request, code)) this.#keepSample(exchange, code, reply)
  }

  #keepSample({ request, intendedAt }: Exchange, code: OutcomeCode, reply: Reply): void {
    this.#firsts.taken(request, code)
    const outcome = outcomeOf(code)
    if (outcome.kind === 'timed-out') return
    this.#samples.push({
      request,
      outcome,
      at: nanoseconds(intendedAt),
      ...(outcome.kind === 'answered' ? sampleHead(reply) : { head: 'read ECONNRESET', body: '' }),
    })
  }
}
