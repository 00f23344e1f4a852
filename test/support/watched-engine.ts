import { deepEqual, equal } from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { createEngine } from '../../src/http/create-engine.ts'
import type { EngineOptions, EngineSink, LoadEngine } from '../../src/http/load-engine.ts'
import type { RequestTemplate } from '../../src/plan/plan.ts'
import { DEFAULT_TRANSPORT } from '../../src/plan/transport.ts'
import type { Exchange } from '../../src/result/exchange.ts'
import { outcomeOf } from '../../src/result/outcome.ts'
import type { OutcomeCode } from '../../src/result/outcome.ts'
import { milliseconds } from '../../src/units/quantity.ts'
import { request } from './simulate-result.ts'

export interface Ended extends Exchange {
  readonly code: OutcomeCode
  readonly endedAt: number
}

/** A GET of `/` that is given up after so many milliseconds. */
export const template = (deadlineMs: number, rest: Partial<RequestTemplate> = {}): RequestTemplate => ({
  ...request('home'),
  path: '/',
  deadline: milliseconds(deadlineMs),
  ...rest,
})

/** An engine with everything it tells written down, and its deadlines kept by a timer. */
export class WatchedEngine implements EngineSink {
  readonly engine: LoadEngine
  readonly ended: Ended[] = []
  readonly latenesses: number[] = []
  readonly handshakes: { readonly connectNs: number; readonly tlsNs: number; readonly resumed: boolean }[] =
    []
  readonly samples: { readonly code: OutcomeCode; readonly text: string }[] = []
  starts = 0
  readonly #origin = performance.now()
  readonly #sweeping: NodeJS.Timeout

  constructor(options: Partial<EngineOptions> & Pick<EngineOptions, 'address'>) {
    this.engine = createEngine(
      {
        target: { protocol: 'http', host: '127.0.0.1', port: 80, basePath: '' },
        requests: [template(10_000)],
        transport: DEFAULT_TRANSPORT,
        maxConnections: 10_000,
        maxConnecting: 128,
        ...options,
      },
      this,
    )
    this.#sweeping = setInterval(() => this.engine.sweep(this.now()), 5)
  }

  now(): number {
    return (performance.now() - this.#origin) * 1e6
  }

  late(_window: number, latenessNs: number): void {
    this.latenesses.push(latenessNs)
  }

  end(exchange: Exchange, code: OutcomeCode, endedAt: number): void {
    const { window, request, intendedAt, sentAt, firstByteAt, bytesRead } = exchange
    this.ended.push({ window, request, intendedAt, sentAt, firstByteAt, bytesRead, code, endedAt })
  }

  opened(connectNs: number, tlsNs: number, resumed: boolean): void {
    this.handshakes.push({ connectNs, tlsNs, resumed })
  }

  sample(_exchange: Exchange, code: OutcomeCode, text: string): void {
    this.samples.push({ code, text })
  }

  /** Starts a request that is due now. Its number stands in for the window, so that each end can be told apart. */
  start(request = 0): void {
    this.engine.start(this.starts, request, this.now())
    this.starts += 1
  }

  /** Starts so many requests, each after the one before has ended. */
  async oneByOne(count: number): Promise<void> {
    for (let i = 0; i < count; i += 1) {
      this.start()
      await this.allEnded()
    }
  }

  async allEnded(): Promise<void> {
    await until(() => this.ended.length >= this.starts)
  }

  /** How often each outcome came, e.g. `{ '200': 3, reset: 1 }`. */
  get tally(): Record<string, number> {
    const tally: Record<string, number> = {}
    for (const { code } of this.ended) {
      const outcome = outcomeOf(code)
      const { status, cause, reason } = outcome as { status?: number; cause?: string; reason?: string }
      const name = String(status ?? cause ?? reason ?? outcome.kind)
      tally[name] = (tally[name] ?? 0) + 1
    }
    return tally
  }

  /** Closes the engine. Throws unless every started request ended exactly once and no connection is left. */
  stop(): void {
    clearInterval(this.#sweeping)
    this.engine.close()
    const ended = this.ended.map(({ window }) => window).sort((a, b) => a - b)
    deepEqual(
      ended,
      Array.from({ length: this.starts }, (_, i) => i),
    )
    equal(this.engine.connectionsOpen, 0)
  }
}

/** Waits for a condition that is bound to come; gives up after ten seconds. */
export async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + 10_000
  while (!holds()) {
    if (performance.now() > end) throw new Error(`waited 10 s for ${holds.toString()}`)
    await sleep(1)
  }
}
