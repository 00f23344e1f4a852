import { Happening, createEventHeap } from './event-heap.ts'
import type { EventHeap } from './event-heap.ts'
import { Place } from './job-pool.ts'
import type { ServiceDraw } from './service-draw.ts'
import type { Backends } from './setting.ts'
import { createWaitingLists } from './waiting-lists.ts'
import type { World } from './world.ts'

/** The backends at work: each with its slots, and its own backlog before them. */
export interface BackendWork {
  take(job: number, backend: number): void
  /** `Happening.WORKED_OFF` and `Happening.SHARE_DONE`. */
  workedOff(job: number): void
  shareDone(backend: number, stamp: number): void
}

/** How a backend gets through what stands in its slots. */
interface Progress {
  begin(job: number, backend: number, working: number): void
  /** Whoever is left goes on faster. */
  left(backend: number, working: number): void
  /** The job that is done, or -1 when the sharing has changed since. */
  done(backend: number, stamp: number): number
}

/** @param finished is told of each job that is worked off, when its slot has gone to the next */
export function createBackendWork(
  world: World,
  { count, slots, power }: Backends,
  draw: ServiceDraw,
  finished: (job: number) => void,
): BackendWork {
  const { jobs, tally } = world
  const places = slots ?? Infinity
  const progress = places <= power ? createOwnPace(world) : createSharing(world, count, power)
  const backlog = createWaitingLists(count, jobs)
  const working = new Int32Array(count)

  function begin(job: number, backend: number): void {
    const wait = world.now - jobs.since[job]!
    const cell = jobs.cell[job]!
    tally.begun[cell]! += 1
    tally.backendWait[cell]! += wait
    if (wait > 0 || jobs.hasQueued[job] === 1) tally.waited[cell]! += 1
    jobs.place[job] = Place.SLOT
    working[backend]! += 1
    tally.use(backend, Math.min(power, working[backend]!), world.now)
    progress.begin(job, backend, working[backend]!)
  }

  function leave(job: number): void {
    const backend = jobs.backend[job]!
    const next = backlog.first(backend)
    working[backend]! -= 1
    tally.use(backend, Math.min(power, working[backend]!), world.now)
    progress.left(backend, working[backend]!)
    if (next >= 0) {
      backlog.remove(backend, next)
      begin(next, backend)
    }
    finished(job)
  }

  return {
    take(job, backend) {
      jobs.backend[job] = backend
      jobs.since[job] = world.now
      jobs.work[job] = draw(backend)
      if (working[backend]! < places) {
        begin(job, backend)
        return
      }
      jobs.place[job] = Place.BACKLOG
      backlog.append(backend, job)
    },
    workedOff: leave,
    shareDone(backend, stamp) {
      const job = progress.done(backend, stamp)
      if (job >= 0) leave(job)
    },
  }
}

/** Each slot has power of its own: when a job begins it is known when it ends. */
function createOwnPace(world: World): Progress {
  const { jobs, events } = world
  return {
    begin: job => events.push(world.now + jobs.work[job]!, Happening.WORKED_OFF, job, 0),
    left() {},
    done: () => -1,
  }
}

/**
 * All share the power, equally: processor sharing. On a clock of its own that advances by min(1, power/n) per second each job ends when its work
 * has passed since it began (Kleinrock, Queueing Systems II, §4.4), whoever comes and goes; only the next to end is told to the world.
 */
function createSharing(world: World, count: number, power: number): Progress {
  const { jobs, events } = world
  const ends: EventHeap[] = Array.from({ length: count }, createEventHeap)
  const clock = new Float64Array(count)
  const readAt = new Float64Array(count)
  const speed = new Float64Array(count)
  const stamps = new Int32Array(count)

  function read(backend: number): void {
    clock[backend]! += (world.now - readAt[backend]!) * speed[backend]!
    readAt[backend] = world.now
  }

  function schedule(backend: number, working: number): void {
    speed[backend] = working === 0 ? 0 : Math.min(1, power / working)
    stamps[backend]! += 1
    if (working === 0) return
    const left = Math.max(0, ends[backend]!.earliest() - clock[backend]!)
    events.push(world.now + left / speed[backend], Happening.SHARE_DONE, backend, stamps[backend]!)
  }

  return {
    begin(job, backend, working) {
      read(backend)
      ends[backend]!.push(clock[backend]! + jobs.work[job]!, 0, job, 0)
      schedule(backend, working)
    },
    left(backend, working) {
      read(backend)
      schedule(backend, working)
    },
    done(backend, stamp) {
      if (stamp !== stamps[backend]) return -1
      ends[backend]!.pop()
      return ends[backend]!.id
    },
  }
}
