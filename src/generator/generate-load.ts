import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import type { Address } from '../http/address.ts'
import type { Plan, Stage } from '../plan/plan.ts'
import { layOutWindows } from '../plan/window-layout.ts'
import type { WindowSpan } from '../plan/window-layout.ts'
import { combineInSteps } from '../recording/combine-parts.ts'
import type { TickPart, WindowPart } from '../recording/window-part.ts'
import type { Flow, IntervalWindow, Pacing, Sample } from '../result/result.ts'
import type { Order, Word, WorkerTask } from './message.ts'
import { rehearseCombining } from './rehearse-combining.ts'
import { SlicedWork } from './sliced-work.ts'

export interface LoadOptions {
  readonly plan: Plan
  readonly address: Address
  readonly workers: number
  /** Absent: `spin`. */
  readonly pacing?: Pacing
  /** The plan's stages are the first of more: they are extended, a while before they run out, until `close`. */
  readonly growing?: boolean
  /** One second (or less) by the clock is over, as every worker saw it. */
  readonly onTick: (ticks: readonly TickPart[]) => void
  /** In order of time, each once. */
  readonly onWindow: (window: IntervalWindow) => void
}

export interface Load {
  /** Settles when every worker has ended; never rejects: a worker that broke is told as `broken`. */
  readonly done: Promise<LoadEnd>
  /**
   * The whole list of stages, when the plan is growing: of those known before, only the last may have become longer,
   * at a constant rate. All of them last whole seconds.
   */
  extend(stages: readonly Stage[]): void
  /** The plan does not grow any more: the load ends with its last stage. */
  close(): void
  /** Sends nothing more; what is in flight is awaited. */
  drain(): void
  /** Gives up what is in flight too. */
  abandon(): void
}

export interface LoadEnd {
  readonly drain: Flow
  readonly samples: readonly Sample[]
  readonly broken: string | undefined
}

/** All workers start at the same instant, this long after the last one is ready. */
const LEAD_NS = 50e6
const LONGEST_SAMPLE_LIST = 64
/** Half of a worker's new space. */
const NEW_SPACE_MB = 16

/** Starts the worker threads, each with its share of the plan, and puts together what they see. */
export function generateLoad(options: LoadOptions): Load {
  const coordinator = new Coordinator(options)
  return {
    done: coordinator.done,
    extend: stages => coordinator.extend(stages),
    close: () => coordinator.follow({ order: 'close' }),
    drain: () => coordinator.order({ order: 'drain' }),
    abandon: () => coordinator.order({ order: 'abandon' }),
  }
}

class Coordinator {
  readonly done: Promise<LoadEnd>
  readonly #options: LoadOptions
  readonly #workers: readonly Worker[]
  #spans: readonly WindowSpan[]
  readonly #early: Order[] = []
  readonly #parts = new Map<number, WindowPart[]>()
  readonly #ticks = new Map<number, TickPart[]>()
  readonly #samples = new Map<string, Sample>()
  readonly #cpuCores = new Map<number, number>()
  readonly #ended = new Set<Worker>()
  readonly #work = new SlicedWork()
  #drain: Flow = { answered: 0, good: 0, ended: 0 }
  #broken: string | undefined
  #ready = 0
  #nextWindow = 0
  #cpuBase = process.cpuUsage()
  #cpuBaseNs = process.hrtime.bigint()
  #settle: (end: LoadEnd) => void = () => {}

  constructor(options: LoadOptions) {
    this.#options = options
    this.#spans = layOutWindows(options.plan)
    this.done = new Promise(resolve => {
      this.#settle = resolve
    })
    // Taken by isolates made from here on: with room in new space, collections are rare and find nothing alive.
    setFlagsFromString(`--min-semi-space-size=${NEW_SPACE_MB}`)
    this.#workers = Array.from({ length: options.workers }, (_, index) => this.#startWorker(index))
    setImmediate(() => rehearseCombining(() => this.#ready === this.#workers.length))
  }

  order(order: Order): void {
    for (const worker of this.#workers) if (!this.#ended.has(worker)) worker.postMessage(order)
  }

  extend(stages: readonly Stage[]): void {
    this.#spans = layOutWindows({ stages }, this.#spans)
    this.follow({ order: 'extend', stages })
  }

  /** An order that makes sense only to a load that has started; before that it waits. */
  follow(order: Order): void {
    if (this.#ready < this.#workers.length) this.#early.push(order)
    else this.order(order)
  }

  #start(): void {
    this.order({ order: 'start', startAtNs: Number(process.hrtime.bigint()) + LEAD_NS })
    for (const order of this.#early) this.order(order)
  }

  #startWorker(index: number): Worker {
    const { plan, address, workers, pacing = 'spin', growing = false } = this.#options
    const workerData: WorkerTask = { plan, address, pacing, growing, share: { index, count: workers } }
    const body = plan.model === 'closed' ? './closed-worker-main.js' : './worker-main.js'
    const worker = new Worker(new URL(body, import.meta.url), {
      workerData,
      name: `plimsoll ${index}`,
    })
    worker.on('message', (word: Word) => this.#hear(worker, word))
    worker.on('error', (error: Error) =>
      this.#end(worker, `worker ${index} broke: ${error.stack ?? error.message}`),
    )
    worker.on('exit', () => this.#end(worker, `worker ${index} ended before its work was done`))
    return worker
  }

  #hear(worker: Worker, word: Word): void {
    switch (word.word) {
      case 'ready':
        this.#ready += 1
        if (this.#ready === this.#workers.length) this.#start()
        break
      case 'tick':
        this.#takeTick(word.tick)
        break
      case 'windows':
        for (const part of word.windows) this.#takePart(part)
        break
      case 'sample':
        this.#takeSample(word.sample)
        break
      case 'done':
        this.#drain = {
          answered: this.#drain.answered + word.drain.answered,
          good: this.#drain.good + word.drain.good,
          ended: this.#drain.ended + word.drain.ended,
        }
        this.#end(worker, undefined)
        break
      default:
        word satisfies never
    }
  }

  #takeTick(tick: TickPart): void {
    const ticks = [...(this.#ticks.get(tick.index) ?? []), tick]
    if (ticks.length < this.#workers.length) {
      this.#ticks.set(tick.index, ticks)
      return
    }
    this.#ticks.delete(tick.index)
    this.#cpuCores.set(tick.index, this.#takeCpuCores())
    this.#options.onTick(ticks)
  }

  /** CPU of the whole process since the last call, in cores. */
  #takeCpuCores(): number {
    const { user, system } = process.cpuUsage(this.#cpuBase)
    const now = process.hrtime.bigint()
    const elapsedUs = Number(now - this.#cpuBaseNs) / 1e3
    this.#cpuBase = process.cpuUsage()
    this.#cpuBaseNs = now
    return elapsedUs > 0 ? (user + system) / elapsedUs : 0
  }

  #takePart(part: WindowPart): void {
    this.#parts.set(part.index, [...(this.#parts.get(part.index) ?? []), part])
    while (this.#parts.get(this.#nextWindow)?.length === this.#workers.length) this.#emit()
  }

  #emit(): void {
    const index = this.#nextWindow
    const parts = this.#parts.get(index)!
    this.#parts.delete(index)
    const cpuCores = this.#cpuCores.get(index) ?? 0
    this.#cpuCores.delete(index)
    this.#nextWindow += 1
    const { onWindow } = this.#options
    this.#work.add(combineInSteps(parts, this.#spans[index]!, cpuCores), onWindow)
  }

  #takeSample(sample: Sample): void {
    const key = `${sample.request} ${JSON.stringify(sample.outcome)}`
    const known = this.#samples.get(key)
    if (known === undefined ? this.#samples.size < LONGEST_SAMPLE_LIST : sample.at < known.at) {
      this.#samples.set(key, sample)
    }
  }

  #end(worker: Worker, broken: string | undefined): void {
    if (this.#ended.has(worker)) return
    this.#ended.add(worker)
    if (broken !== undefined) {
      this.#broken ??= broken
      this.order({ order: 'drain' })
    }
    if (this.#ended.size < this.#workers.length) return
    // Workers that were stopped near the edge of a window do not all reach the same one: what there is, is kept.
    while (this.#parts.has(this.#nextWindow)) this.#emit()
    this.#work.finish()
    const samples = [...this.#samples.values()].sort((a, b) => a.at - b.at)
    void Promise.all(this.#workers.map(each => each.terminate())).then(() =>
      this.#settle({ drain: this.#drain, samples, broken: this.#broken }),
    )
  }
}
