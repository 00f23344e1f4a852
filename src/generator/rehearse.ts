import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { transportOf } from '../plan/transport.ts'
import type { Transport } from '../plan/transport.ts'
import type { Plan, Stage } from '../plan/plan.ts'
import { milliseconds, nanoseconds, perSecond, seconds } from '../units/quantity.ts'
import type { Nanoseconds } from '../units/quantity.ts'
import { Drive } from './drive.ts'
import type { WorkerTask } from './message.ts'
import { nullTarget } from './null-target.ts'
import { packWord } from './pack-word.ts'
import { startResponder } from './responder.ts'

/** What a thread that is server and client at once can about do. */
const RATE = { 'http/1.1': perSecond(20_000), h2: perSecond(4000) } as const
const CONNECTIONS = 8
const LONGEST_MS = 2000

interface Rehearsal {
  readonly length: Nanoseconds
  /** For compilers that work beside this thread. */
  readonly pauseMs: number
  /** As if so much had gone by: from 2³⁰ ns on V8 keeps a time in another way, and compiles what reads it anew. */
  readonly headStarts: readonly Nanoseconds[]
}

/** Enough where a late compiler can do little harm: a few hundred requests are due in its time. */
const SHORT: Rehearsal = { length: milliseconds(120), pauseMs: 30, headStarts: [seconds(0), seconds(3)] }
const FULL: Rehearsal = { length: milliseconds(300), pauseMs: 100, headStarts: [0, 3, 3, 3].map(seconds) }
const FULL_FROM = 5000

/** What was rehearsed with: code stays compiled as long as there are objects of the shapes that it is compiled for. */
const kept: Drive[] = []

/**
 * Makes load on a responder in this thread, before the first request goes to the target: the code that paces, sends,
 * parses and records is then compiled, and its first windows are as punctual as the rest. Several times over, each a
 * little different, as V8 would otherwise take for constant what only happened to stay the same.
 */
export async function rehearse({ plan, pacing, share }: WorkerTask): Promise<void> {
  const { length, pauseMs, headStarts } = highestRate(plan) / share.count < FULL_FROM ? SHORT : FULL
  const { protocol } = transportOf(plan)
  const responder = await startResponder(protocol)
  const stand = { protocol, port: responder.port, length }
  for (const [round, headStart] of headStarts.entries()) {
    const part = partOf(stand, headStart, round)
    // One grows, as a search does: what never changed while it was compiled would be compiled anew when it does.
    const growing = round === 1
    await play({ ...part, pacing, growing, share: { index: 0, count: 1 } }, headStart)
    await wait(pauseMs)
  }
  responder.close()
}

const highestRate = ({ stages }: Plan): number => Math.max(0, ...stages.flatMap(({ from, to }) => [from, to]))

interface Stand {
  readonly protocol: Transport['protocol']
  readonly port: number
  readonly length: Nanoseconds
}

/** Even and Poisson arrivals, one request and a choice of two; a ramp and a hold. */
function partOf(
  { protocol, port, length }: Stand,
  headStart: Nanoseconds,
  round: number,
): Pick<WorkerTask, 'plan' | 'address'> {
  const rate = RATE[protocol]
  const { plan, address } = nullTarget({ port, protocol, rate, length, connections: CONNECTIONS })
  const stage = plan.stages[0]!
  const request = plan.requests[0]!
  const hold: Stage = { ...stage, for: nanoseconds(length / 2) }
  const ramp: Stage = { ...hold, from: perSecond(rate / 2) }
  const quiet: Stage = { ...stage, from: perSecond(0), to: perSecond(0), for: headStart }
  const varied: Plan = {
    ...plan,
    arrivals: round % 2 === 0 ? 'even' : 'poisson',
    stages: headStart > 0 ? [quiet, ramp, hold] : [ramp, hold],
    requests: round === 0 ? [request] : [request, { ...request, weight: 0.5 }],
  }
  // A clone has the shapes of a plan that came from another thread.
  return structuredClone({ plan: varied, address })
}

async function play(task: WorkerTask, headStart: Nanoseconds): Promise<void> {
  await new Promise<void>(resolve => {
    const done = (): void => {
      clearTimeout(giveUp)
      resolve()
    }
    const drive = new Drive(task, performance.now() - headStart / 1e6, word => {
      structuredClone(packWord(word))
      if (word.word === 'done') done()
    })
    kept.push(drive)
    if (task.growing === true) {
      drive.extend([...task.plan.stages, task.plan.stages.at(-1)!])
      drive.close()
    }
    const giveUp = setTimeout(() => {
      drive.abandon()
      done()
    }, LONGEST_MS)
  })
}
