import { performance } from 'node:perf_hooks'
import { transportOf } from '../plan/transport.ts'
import { milliseconds, perSecond } from '../units/quantity.ts'
import { Drive } from './drive.ts'
import type { WorkerTask } from './message.ts'
import { nullTarget } from './null-target.ts'
import { startResponder } from './responder.ts'

/** What a thread that is server and client at once can about do. */
const RATE = { 'http/1.1': perSecond(20_000), h2: perSecond(4000) } as const
const LENGTH = milliseconds(300)
const CONNECTIONS = 8
const LONGEST_MS = 2000

/**
 * Makes 0.3 s of load on a responder in this thread, before the first request goes to the target:
 * the code that paces, sends, parses and records is then compiled, and its first windows are as punctual as the rest.
 */
export async function rehearse({ plan, pacing }: WorkerTask): Promise<void> {
  const { protocol } = transportOf(plan)
  const responder = await startResponder(protocol)
  await new Promise<void>(resolve => {
    const done = (): void => {
      clearTimeout(giveUp)
      resolve()
    }
    const task: WorkerTask = {
      ...nullTarget({
        port: responder.port,
        protocol,
        rate: RATE[protocol],
        length: LENGTH,
        connections: CONNECTIONS,
      }),
      pacing,
      share: { index: 0, count: 1 },
    }
    const drive = new Drive(task, performance.now(), word => {
      if (word.word === 'done') done()
    })
    const giveUp = setTimeout(() => {
      drive.abandon()
      done()
    }, LONGEST_MS)
  })
  responder.close()
}
