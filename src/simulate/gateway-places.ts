import { createBalance } from './balance.ts'
import { Place } from './job-pool.ts'
import type { Setting } from './setting.ts'
import { createTimerLane } from './timer-lane.ts'
import type { TimerLane } from './timer-lane.ts'
import { createWaitingLists } from './waiting-lists.ts'
import type { World } from './world.ts'

/** Where jobs stand at the gateway: at a backend, in the queue before one, or in the queue that all share. */
export interface GatewayPlaces {
  readonly queueTimers: TimerLane
  /** The backend to stand at or before; -1: none has room, not even to wait for. */
  choose(avoided: number): number
  isFree(backend: number): boolean
  occupy(backend: number): void
  vacate(backend: number): void
  /** False when the queue, of the backend or (-1) the shared one, is full. */
  queueUp(job: number, backend: number): boolean
  unqueue(job: number): void
  /** Who has waited longest for a backend that is free; -1 for nobody, or when it is not. */
  nextFor(backend: number): number
}

export function createGatewayPlaces(world: World, { gateway, backends }: Setting): GatewayPlaces {
  const { jobs } = world
  const most = gateway.maxConcurrent ?? Infinity
  const sharedPlaces = gateway.sharedQueue ?? Infinity
  const shared = backends.count
  const given = new Int32Array(shared)
  const present = new Int32Array(shared)
  const changedAt = new Float64Array(shared)
  const room = most + (gateway.backendQueue ?? Infinity)
  /** One before each backend, and the shared one. */
  const queues = createWaitingLists(shared + 1, jobs)
  const state = { queued: 0, changes: 0 }
  const queueTimers = createTimerLane(gateway.queueTimeout)

  function change(backend: number, by: 1 | -1): void {
    present[backend]! += by
    state.changes += 1
    changedAt[backend] = state.changes
  }

  function countQueued(by: 1 | -1): void {
    state.queued += by
    world.tally.queue(state.queued, world.now)
  }

  return {
    queueTimers,
    choose: createBalance(gateway.balance, { present, changedAt }, room, world.luck),
    isFree: backend => given[backend]! < most,
    occupy(backend) {
      given[backend]! += 1
      change(backend, 1)
    },
    vacate(backend) {
      given[backend]! -= 1
      change(backend, -1)
    },
    queueUp(job, backend) {
      const queue = backend < 0 ? shared : backend
      if (queue !== shared) change(queue, 1)
      else if (queues.length[shared]! >= sharedPlaces) return false
      jobs.place[job] = Place.QUEUE
      jobs.hasQueued[job] = 1
      jobs.backend[job] = queue
      queues.append(queue, job)
      countQueued(1)
      queueTimers.set(world.now, job, jobs.stamp[job]!)
      return true
    },
    unqueue(job) {
      const queue = jobs.backend[job]!
      jobs.place[job] = Place.NOWHERE
      queues.remove(queue, job)
      if (queue !== shared) change(queue, -1)
      countQueued(-1)
    },
    nextFor(backend) {
      if (state.queued === 0 || given[backend]! >= most) return -1
      const own = queues.first(backend)
      const other = queues.first(shared)
      return own < 0 || (other >= 0 && jobs.since[other]! < jobs.since[own]!) ? other : own
    },
  }
}
