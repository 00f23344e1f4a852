import { performance } from 'node:perf_hooks'
import { createEngine } from '../http/create-engine.ts'
import type { EngineSink, LoadEngine } from '../http/load-engine.ts'
import { createSchedule } from '../pacing/schedule.ts'
import type { Schedule } from '../pacing/schedule.ts'
import { isExpected } from '../plan/plan.ts'
import type { Stage } from '../plan/plan.ts'
import { layOutWindows } from '../plan/window-layout.ts'
import type { WindowSpan } from '../plan/window-layout.ts'
import { Recorder } from '../recording/recorder.ts'
import type { Exchange } from '../result/exchange.ts'
import { neverSentCode, outcomeOf } from '../result/outcome.ts'
import type { OutcomeCode } from '../result/outcome.ts'
import { nanoseconds } from '../units/quantity.ts'
import { HealthMeter } from './health-meter.ts'
import { engineOptions } from './share-engine.ts'
import type { Word, WorkerTask } from './message.ts'

/** Within this time of the next due start the loop spins: a timer on an idle core fires up to some milliseconds late. */
const SPIN_NS = 4.5e6
/** A timer is set this much early. */
const TIMER_LATE_NS = 4e6
/**
 * So long after a start the loop spins for its answer: waking up takes a tenth to a quarter of a millisecond, which is much
 * of a quick answer's time and next to nothing of a slow one's.
 */
const ATTENTIVE_NS = 10e6
/** Longest time between two looks at the sockets while the loop spins. */
const PAUSE_NS = 8e3
/** About half a microsecond's worth. */
const COUNT_BETWEEN_LOOKS = 500
/** Deadlines are kept, and closed windows handed over, to this. */
const SWEEP_NS = 5e6
/** Never sleeps longer, so that orders and deadlines are met. */
const LONGEST_SLEEP_NS = 20e6
/** Starts in one round of the loop: behind schedule too, answers must be read as they come. */
const MOST_STARTS = 64
/** What is overdue by more than this (or by more than its own deadline) is not sent any more. */
const BEHIND_NS = 1e9
/** A connection is opened ahead when the first request is due this soon: an idle one may block a simple server. */
const WARM_NS = 250e6
const BEHIND = neverSentCode('generator-behind')

/**
 * One worker's loop: starts every request of its share when it is due, whether or not earlier ones have come back,
 * and hands over windows as they close. Sleeps by timer while nothing is due, then (unless told to pace by timer
 * alone) spins with `setImmediate`, which lets sockets be served in every round.
 */
export class Drive implements EngineSink {
  #spans: readonly WindowSpan[]
  readonly #schedule: Schedule
  readonly #recorder: Recorder
  readonly #engine: LoadEngine
  readonly #tell: (word: Word) => void
  readonly #originMs: number
  readonly #meter: HealthMeter
  readonly #next = (): void => this.#round()
  readonly #spins: boolean
  /** By request: overdue by more than this, it is never sent. */
  readonly #behindNs: readonly number[]
  #window = 0
  #started = 0
  #startedAt = -Infinity
  #nextSweep = 0
  #sleptNs = 0
  #counted = 0
  #stopAt = Infinity
  #growing: boolean
  #finished = false

  /** `startAtMs` is on this thread's `performance.now()`. */
  constructor(task: WorkerTask, startAtMs: number, tell: (word: Word) => void) {
    const { plan, share, pacing } = task
    this.#tell = tell
    this.#originMs = startAtMs
    this.#spans = layOutWindows(plan)
    this.#schedule = createSchedule(plan, share)
    this.#window = this.#windowOf(this.#schedule.at)
    const isGood = (request: number, status: number): boolean => isExpected(plan.requests[request]!, status)
    this.#recorder = new Recorder(this.#spans, plan.requests.length, isGood, plan.search?.slow?.within)
    this.#growing = task.growing === true
    this.#engine = createEngine(engineOptions(task), this)
    this.#spins = pacing === 'spin'
    this.#behindNs = plan.requests.map(({ deadline }) => Math.min(BEHIND_NS, deadline))
    this.#meter = new HealthMeter(this.now())
    if (this.#schedule.at < WARM_NS) this.#engine.warm()
    this.#sleep(this.now())
  }

  /** In ns from the start of the trial; negative before it. */
  now(): number {
    return (performance.now() - this.#originMs) * 1e6
  }

  late(window: number, latenessNs: number): void {
    this.#recorder.late(window, Math.max(0, latenessNs))
  }

  end(exchange: Exchange, code: OutcomeCode, endedAt: number): void {
    if (endedAt >= this.#stopAt || !this.#recorder.isInside(endedAt)) {
      this.#moveClock(Math.min(endedAt, this.#stopAt))
    }
    this.#recorder.end(exchange, code, endedAt)
  }

  opened(connectNs: number, tlsNs: number, resumed: boolean): void {
    this.#recorder.opened(connectNs, tlsNs, resumed)
  }

  sample(exchange: Exchange, code: OutcomeCode, text: string): void {
    const split = text.indexOf('\r\n\r\n')
    const head = (split < 0 ? text : text.slice(0, split)).slice(0, 2048)
    const body = split < 0 ? '' : text.slice(split + 4, split + 4 + 512)
    const at = nanoseconds(exchange.intendedAt)
    this.#tell({
      word: 'sample',
      sample: { request: exchange.request, outcome: outcomeOf(code), at, head, body },
    })
  }

  /** The plan has grown. What was due before this was known is sent late, as after any stall. */
  extend(stages: readonly Stage[]): void {
    if (!this.#growing) return
    this.#spans = layOutWindows({ stages }, this.#spans)
    this.#schedule.extend(stages)
    this.#recorder.extend(this.#spans)
    this.#window = this.#windowOf(this.#schedule.at)
  }

  /** The plan does not grow any more. */
  close(): void {
    this.#growing = false
  }

  /** Sends nothing more; what is in flight is awaited. */
  drain(): void {
    if (this.#stopAt === Infinity) this.#stopAt = this.now()
    this.close()
  }

  /** Gives up what is in flight too. */
  abandon(): void {
    this.drain()
    this.#engine.close()
  }

  #round(): void {
    if (this.#finished) return
    const now = this.now()
    this.#meter.round(now, this.#sleptNs, this.#engine.activity + this.#started)
    this.#sleptNs = 0
    this.#startDue(now)
    if (now >= this.#nextSweep) {
      this.#nextSweep = now + SWEEP_NS
      this.#engine.sweep(now)
      this.#moveClock(Math.min(now, this.#stopAt))
      if (this.#isOver(now)) {
        this.#finish()
        return
      }
      this.#handOver()
    }
    this.#sleep(now)
  }

  #startDue(now: number): void {
    const schedule = this.#schedule
    for (let batch = 0; batch < MOST_STARTS && schedule.at <= now && schedule.at < this.#stopAt; batch += 1) {
      if (!this.#recorder.isInside(schedule.at)) this.#moveClock(schedule.at)
      this.#recorder.offer(this.#window, schedule.at)
      if (now - schedule.at > this.#behindNs[schedule.request]!) this.#leaveOut(now)
      else this.#engine.start(this.#window, schedule.request, schedule.at)
      this.#started += 1
      this.#startedAt = now
      schedule.advance()
      this.#window = this.#windowOf(schedule.at)
    }
  }

  /** Sent now, the request would be load that nobody planned for this time. */
  #leaveOut(now: number): void {
    const { at, request } = this.#schedule
    const exchange = {
      window: this.#window,
      request,
      intendedAt: at,
      sentAt: -1,
      firstByteAt: -1,
      bytesRead: 0,
    }
    this.late(this.#window, now - at)
    this.end(exchange, BEHIND, now)
  }

  /** The window of the next intended start; the very end of the trial belongs to the last one. */
  #windowOf(at: number): number {
    const last = this.#spans.length - 1
    let window = this.#window
    while (window < last && at >= this.#spans[window]!.to) window += 1
    return at === Infinity ? this.#spans.length : window
  }

  /** Closes the windows that the clock has left, as the clock sees them. */
  #moveClock(to: number): void {
    const recorder = this.#recorder
    while (!recorder.isInside(to)) this.#tick(this.#spans[recorder.clockWindow]!.to)
    if (to === this.#stopAt && recorder.clockWindow < this.#spans.length) {
      // A window that was stopped before it began was not reached.
      if (to > this.#spans[recorder.clockWindow]!.from) this.#tick(to)
      recorder.cut()
    }
  }

  #tick(to: number): void {
    const tick = this.#recorder.tick(to, {
      ...this.#meter.take(to, this.now(), this.#sleptNs),
      connectionsOpened: this.#engine.takeOpened(),
      connectionsOpen: this.#engine.connectionsOpen,
    })
    this.#tell({ word: 'tick', tick })
  }

  #handOver(): void {
    const nothingMoreIsDue = this.#schedule.at >= this.#stopAt
    const windows = this.#recorder.takeClosed(nothingMoreIsDue ? Infinity : this.#window)
    if (windows.length > 0) this.#tell({ word: 'windows', windows })
  }

  #isOver(now: number): boolean {
    if (this.#growing) return false
    const end = Math.min(this.#stopAt, this.#spans.at(-1)!.to)
    return now >= end && this.#recorder.inFlight === 0 && this.#schedule.at >= this.#stopAt
  }

  #finish(): void {
    this.#finished = true
    this.#engine.close()
    this.#handOver()
    this.#meter.stop()
    this.#tell({ word: 'done', drain: this.#recorder.drain })
  }

  #sleep(now: number): void {
    const wait = this.#schedule.at < this.#stopAt ? this.#schedule.at - now : Infinity
    if (wait <= 0 || (this.#spins && (wait <= SPIN_NS || this.#isAttentive(now)))) {
      if (wait > 0) this.#pause(now + Math.min(wait, PAUSE_NS))
      setImmediate(this.#next)
      return
    }
    const early = this.#spins ? TIMER_LATE_NS : 0
    const milliseconds = Math.max(1, Math.floor(Math.min(wait - early, LONGEST_SLEEP_NS) / 1e6))
    this.#sleptNs = milliseconds * 1e6
    setTimeout(this.#next, milliseconds)
  }

  #isAttentive(now: number): boolean {
    return now - this.#startedAt < ATTENTIVE_NS && this.#recorder.inFlight > 0
  }

  /**
   * Burns a few microseconds: a round of the event loop costs a system call and garbage. So does each look at the
   * clock (its answer is a number on the heap), hence the counting in between.
   */
  #pause(until: number): void {
    while (this.now() < until)
      for (let i = 0; i < COUNT_BETWEEN_LOOKS; i += 1) this.#counted = (this.#counted + i) | 0
  }
}
