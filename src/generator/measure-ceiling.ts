import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Transport } from '../plan/transport.ts'
import type { IntervalWindow, Pacing } from '../result/result.ts'
import { perSecond, seconds } from '../units/quantity.ts'
import { generateLoad } from './generate-load.ts'
import { nullTarget } from './null-target.ts'

export interface CeilingOptions {
  readonly protocol: Transport['protocol']
  readonly workers: number
  readonly pacing: Pacing
  /** At least 2: the first second is not counted. */
  readonly seconds: number
}

/** Above what one worker can do on any machine so far; what is offered beyond its limit waits, and is given up. */
const RATE_PER_WORKER = 200_000

/**
 * Answered requests per second when the generator is driven as fast as it goes, against a responder in a thread of
 * this process. The responder's own work is on the same processors, so against a target elsewhere it may be more.
 * Rejects when no request was answered.
 */
export async function measureCeiling({
  protocol,
  workers,
  pacing,
  ...options
}: CeilingOptions): Promise<number> {
  const responder = new Worker(new URL('./responder-main.js', import.meta.url), {
    workerData: protocol,
    name: 'plimsoll responder',
  })
  try {
    const [port] = (await once(responder, 'message')) as [number]
    const windows: IntervalWindow[] = []
    const rate = perSecond(RATE_PER_WORKER * workers)
    const length = seconds(options.seconds)
    const load = generateLoad({
      ...nullTarget({ port, protocol, rate, length, connections: CONNECTIONS_PER_WORKER * workers }),
      workers,
      pacing,
      onTick: ticks => {
        if (ticks[0]!.index === options.seconds - 1) load.abandon()
      },
      onWindow: window => windows.push(window),
    })
    const { broken } = await load.done
    if (broken !== undefined) throw new Error(broken)
    return ceilingOf(windows)
  } finally {
    await responder.terminate()
  }
}

const CONNECTIONS_PER_WORKER = 32

/** Answers per second by the clock, the first window left out. */
function ceilingOf(windows: readonly IntervalWindow[]): number {
  const counted = windows.slice(1)
  const answered = counted.reduce((sum, { flow }) => sum + flow.answered, 0)
  const lengthNs = counted.reduce((sum, { from, to }) => sum + to - from, 0)
  if (answered === 0) throw new Error('the responder in this process answered nothing')
  return (answered / lengthNs) * 1e9
}
