import { fileURLToPath } from 'node:url'
import { pinned } from './cores.ts'
import type { Workshop } from './workshop.ts'

const PROGRAM = fileURLToPath(new URL('./serve-virtual-time.js', import.meta.url))
const LIMIT_MS = 10 * 60_000

/**
 * A service rate with which Poisson arrivals of this rate take 2 ms on average, be they few or many: an M/M/1 queue of
 * rates λ and µ takes 1/(µ − λ), exponentially distributed (Kleinrock, Queueing Systems I, 1975, §5.12).
 */
export const serviceRateFor = (arrivalsPerSecond: number): number => arrivalsPerSecond + 500

/** Median and p99 in µs. */
export type MedianAndP99 = readonly [median: number, p99: number]

export interface Truth {
  /** Of all answers since it was last asked, as the server computed them. */
  readonly sojournsUs: MedianAndP99
  /** How long after their departure the server got round to writing them. */
  readonly lagsUs: MedianAndP99
}

export interface VirtualTimeServer {
  readonly url: string
  truth(): Promise<Truth>
  end(): Promise<unknown>
}

export interface VirtualTimeOptions {
  readonly core: number
  readonly serviceRate: number
  /** So long after its first request it answers at once, and counts nothing. */
  readonly freeSeconds?: number
  /** Ended after so long, whatever happens; absent: ten minutes. */
  readonly limitMs?: number
}

/** The server of `serve-virtual-time.ts` in a process of its own, on one core. */
export async function startVirtualTimeServer(
  workshop: Workshop,
  { core, serviceRate, freeSeconds = 0, limitMs = LIMIT_MS }: VirtualTimeOptions,
): Promise<VirtualTimeServer> {
  const words = [PROGRAM, String(serviceRate), String(freeSeconds)]
  const child = workshop.start(pinned(core, [process.execPath, ...words]), { limitMs })
  const [, port] = await child.printed(/^port (\d+)$/m)
  const url = `http://127.0.0.1:${port}/`
  return {
    url,
    truth: async () => (await (await fetch(`${url}truth`)).json()) as Truth,
    end: () => child.end(),
  }
}
