import { performance } from 'node:perf_hooks'
import autocannon from 'autocannon'
import { FirstSamples } from '../result/first-samples.ts'
import { SocketOpener } from '../http/open-socket.ts'
import { prepareRequest } from '../http/prepared-request.ts'
import type { PreparedRequest } from '../http/prepared-request.ts'
import { readTlsMaterial } from '../http/tls-material.ts'
import type { PlanShare } from '../pacing/schedule.ts'
import { durationOf, isExpected } from '../plan/plan.ts'
import type { Plan, Stage } from '../plan/plan.ts'
import { transportOf } from '../plan/transport.ts'
import { layOutWindows } from '../plan/window-layout.ts'
import type { WindowSpan } from '../plan/window-layout.ts'
import type { WindowPart } from '../recording/window-part.ts'
import { Recorder } from '../recording/recorder.ts'
import { NO_COUNTS } from '../result/counts.ts'
import type { Exchange } from '../result/exchange.ts'
import { outcomeOf } from '../result/outcome.ts'
import type { OutcomeCode } from '../result/outcome.ts'
import { nanoseconds } from '../units/quantity.ts'
import { createRandom } from '../units/random.ts'
import { ClosedConnection } from './closed-connection.ts'
import type { ClosedHost } from './closed-connection.ts'
import { WeightedTurns } from './closed-turns.ts'
import { HealthMeter } from './health-meter.ts'
import type { Word, WorkerTask } from './message.ts'

const ROUND_MS = 5
/** Connections set going in one round: a target must not be knocked over by the tool's own first millisecond. */
const MOST_BEGUN = 16
/** Autocannon's own clock ends nothing here; in seconds. */
const NEVER = 1e6
const TURNS_STREAM = 11
const MOST_SKIPPED = 1000

/**
 * One worker's part of a closed plan: autocannon's clients, each with a connection that sends its next request when
 * the last one was answered, counted in the windows of the RESULT. A request belongs to the window in which it was
 * sent. Connections live on from rung to rung; what is under way at the end of the trial is awaited, so that every
 * request which the target answered is counted once. Times are left out of what is handed over: a connection that
 * waits for an answer does not send, so they would leave out the very waits that matter.
 */
export class ClosedDrive implements ClosedHost {
  readonly opener: SocketOpener
  readonly requests: readonly PreparedRequest[]
  readonly #spans: readonly WindowSpan[]
  /** By stage: the connections of this worker. */
  readonly #wanted: readonly number[]
  readonly #end: number
  readonly #recorder: Recorder
  readonly #samples: FirstSamples
  readonly #tell: (word: Word) => void
  readonly #originMs: number
  readonly #meter: HealthMeter
  readonly #connections: ClosedConnection[] = []
  readonly #rounds: NodeJS.Timeout
  readonly #autocannon: autocannon.Instance | undefined
  #opened = 0
  #stopAt = Infinity

  /** `startAtMs` is on this thread's `performance.now()`. Throws when the TLS files cannot be used. */
  constructor({ plan, share, address }: ClosedTask, startAtMs: number, tell: (word: Word) => void) {
    const { target } = plan
    this.#tell = tell
    this.#originMs = startAtMs
    this.#spans = layOutWindows(plan)
    this.#end = durationOf(plan)
    this.#wanted = plan.stages.map(stage => connectionsOf(stage, share))
    const tls = target.protocol === 'https' ? readTlsMaterial(transportOf(plan).tls, target.host) : undefined
    this.opener = new SocketOpener(address, tls)
    this.requests = plan.requests.map(template => prepareRequest(template, target))
    this.#samples = new FirstSamples(plan.requests.length)
    this.#recorder = new Recorder(this.#spans, plan.requests.length, (request, status) =>
      isExpected(plan.requests[request]!, status),
    )
    this.#meter = new HealthMeter(this.now())
    this.#autocannon = this.#startClients(plan, share)
    this.#rounds = setInterval(() => this.#round(), ROUND_MS)
  }

  /** In ns from the start of the trial; negative before it. */
  now(): number {
    return (performance.now() - this.#originMs) * 1e6
  }

  admit(connection: number): number {
    const now = this.now()
    if (now < 0 || now >= this.#stopAt || now >= this.#end) return -1
    this.#moveClock(now)
    const { stage } = this.#spans[this.#recorder.clockWindow]!
    return connection < this.#wanted[stage]! ? now : -1
  }

  begin(exchange: ClosedConnection): void {
    exchange.window = this.#recorder.clockWindow
    this.#recorder.offer(exchange.window, exchange.intendedAt)
  }

  end(exchange: Exchange, code: OutcomeCode, endedAt: number): void {
    this.#moveClock(Math.min(endedAt, this.#stopAt))
    this.#recorder.end(exchange, code, endedAt)
  }

  opened(connectNs: number, tlsNs: number, resumed: boolean): void {
    this.#opened += 1
    this.#recorder.opened(connectNs, tlsNs, resumed)
  }

  wantsSample(request: number, code: OutcomeCode): boolean {
    return this.#samples.isWanted(request, code)
  }

  sample({ request, intendedAt }: Exchange, code: OutcomeCode, text: string): void {
    this.#samples.taken(request, code)
    const [head = '', body = ''] = text.split(/\r\n\r\n(.*)/s)
    const at = nanoseconds(intendedAt)
    this.#tell({
      word: 'sample',
      sample: { request, outcome: outcomeOf(code), at, head: head.slice(0, 2048), body: body.slice(0, 512) },
    })
  }

  /** Sends nothing more; what is in flight is awaited. */
  drain(): void {
    if (this.#stopAt === Infinity) this.#stopAt = this.now()
  }

  /** Gives up what is in flight too. */
  abandon(): void {
    this.drain()
    for (const connection of this.#connections) connection.close()
  }

  #startClients({ requests, seed }: Plan, { index, count }: PlanShare): autocannon.Instance | undefined {
    const connections = Math.max(...this.#wanted)
    if (connections === 0) return undefined
    const weights = requests.map(({ weight }) => weight)
    const setupClient = (client: autocannon.Client): void => {
      const number = this.#connections.length
      const skip = createRandom(seed, TURNS_STREAM + number * count + index).pick() * MOST_SKIPPED
      const turns = new WeightedTurns(weights, Math.floor(skip))
      this.#connections.push(new ClosedConnection(client, number, turns, this))
    }
    // An address is asked for, and used for nothing: sockets and requests are ours.
    const options = { url: 'http://localhost', connections, duration: NEVER, timeout: NEVER, setupClient }
    return autocannon(options, (error: unknown) => {
      if (error) throw error
    })
  }

  #round(): void {
    const now = this.now()
    this.#meter.round(now, ROUND_MS * 1e6, 0)
    this.#moveClock(Math.min(now, this.#stopAt))
    if (now >= Math.min(this.#stopAt, this.#end) && this.#recorder.inFlight === 0) {
      this.#finish()
      return
    }
    this.#handOver(this.#recorder.clockWindow)
    this.#begin()
  }

  #begin(): void {
    const span = this.#spans[this.#recorder.clockWindow]
    const wanted = span === undefined ? 0 : this.#wanted[span.stage]!
    let begun = 0
    for (let i = 0; i < wanted && begun < MOST_BEGUN; i += 1) if (this.#connections[i]!.go()) begun += 1
  }

  /** Closes the windows that the clock has left. */
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
      ...this.#meter.take(to, this.now(), ROUND_MS * 1e6),
      connectionsOpened: this.#opened,
      connectionsOpen: this.#connections.filter(({ isOpen }) => isOpen).length,
    })
    this.#opened = 0
    this.#tell({ word: 'tick', tick: { ...tick, response: NO_COUNTS } })
  }

  #handOver(next: number): void {
    const windows = this.#recorder.takeClosed(next).map(withoutTimes)
    if (windows.length > 0) this.#tell({ word: 'windows', windows })
  }

  #finish(): void {
    clearInterval(this.#rounds)
    for (const connection of this.#connections) connection.close()
    this.#autocannon?.stop()
    this.#handOver(Infinity)
    this.#meter.stop()
    this.#tell({ word: 'done', drain: this.#recorder.drain })
  }
}

export type ClosedTask = Omit<WorkerTask, 'pacing'>

/** One worker's part of a stage's connections. The parts add up to the whole; a worker may have none. */
export function connectionsOf(
  { connections = 0 }: Pick<Stage, 'connections'>,
  { index, count }: PlanShare,
): number {
  return Math.floor(connections / count) + (index < connections % count ? 1 : 0)
}

function withoutTimes(part: WindowPart): WindowPart {
  const series = part.series.map(one => ({
    ...one,
    response: NO_COUNTS,
    service: NO_COUNTS,
    firstByte: NO_COUNTS,
  }))
  return { ...part, series }
}
