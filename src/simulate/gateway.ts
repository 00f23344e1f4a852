import type { BackendWork } from './backend-work.ts'
import { Happening } from './event-heap.ts'
import { createGatewayPlaces } from './gateway-places.ts'
import { createHandOver } from './hand-over.ts'
import { Place } from './job-pool.ts'
import { ENDINGS } from './outcome.ts'
import type { Setting } from './setting.ts'
import type { TimerLane } from './timer-lane.ts'
import type { World } from './world.ts'

/** Hands jobs to backends, lets them queue, gives them up. */
export interface GatewayDesk {
  readonly queueTimers: TimerLane
  readonly answerTimers: TimerLane
  /** A job comes, preferably not for the backend `avoided`. */
  enter(job: number, avoided: number): void
  /** A backend has worked it off. */
  finished(job: number): void
  /** The first of `queueTimers` or `answerTimers` has ended. */
  queueTimerEnded(): void
  answerTimerEnded(): void
  /** The client of the job has left. */
  abandoned(job: number): void
}

export interface Neighbours {
  readonly backends: () => BackendWork
  /** A job that its client awaits is answered with `ENDINGS[ending]`. */
  readonly answer: (job: number, ending: number) => void
}

export const GOOD: number = ENDINGS.indexOf('200')
const BAD_GATEWAY = ENDINGS.indexOf('502')
const UNAVAILABLE = ENDINGS.indexOf('503')
const TIMED_OUT = ENDINGS.indexOf('504')

export function createGatewayDesk(world: World, setting: Setting, around: Neighbours): GatewayDesk {
  const { jobs } = world
  const { backends, answer } = around
  const { gateway } = setting
  const { errorShare } = setting.backends
  const full = gateway.fullStatus === 502 ? BAD_GATEWAY : UNAVAILABLE
  const places = createGatewayPlaces(world, setting)
  const { queueTimers } = places
  const { answerTimers, give, free } = createHandOver(world, places, gateway.answerTimeout, backends)

  function enter(job: number, avoided: number): void {
    jobs.since[job] = world.now
    jobs.isAwaited[job] = 1
    jobs.isHeld[job] = 0
    jobs.hasQueued[job] = 0
    const backend = places.choose(avoided)
    if (backend >= 0 && places.isFree(backend)) give(job, backend)
    else if (!places.queueUp(job, backend)) {
      answer(job, full)
      jobs.release(job)
    }
  }

  function conclude(job: number, ending: number): void {
    if (jobs.isAwaited[job] === 0) return
    if (ending !== GOOD && jobs.gatewayTries[job]! < gateway.retries) {
      jobs.isAwaited[job] = 0
      enter(copyForRetry(world, setting, job), jobs.backend[job]!)
    } else answer(job, ending)
  }

  return {
    queueTimers,
    answerTimers,
    enter,
    finished(job) {
      if (jobs.isHeld[job] === 1) free(job)
      conclude(job, errorShare > 0 && world.luck.pick() < errorShare ? BAD_GATEWAY : GOOD)
      jobs.release(job)
    },
    queueTimerEnded() {
      const job = queueTimers.pop(jobs.stamp)
      if (job < 0 || jobs.place[job] !== Place.QUEUE) return
      places.unqueue(job)
      if (jobs.isAwaited[job] === 1) answer(job, UNAVAILABLE)
      jobs.release(job)
    },
    answerTimerEnded() {
      const job = answerTimers.pop(jobs.stamp)
      if (job < 0 || jobs.isHeld[job] === 0) return
      free(job)
      conclude(job, TIMED_OUT)
      jobs.isAwaited[job] = 0
    },
    abandoned(job) {
      if (!gateway.dropsAbandoned) return
      if (jobs.place[job] === Place.QUEUE) {
        places.unqueue(job)
        jobs.release(job)
      } else if (jobs.isHeld[job] === 1) free(job)
    },
  }
}

/** The backend may still be at work for the first try, so the second is a job of its own, with what is left of the deadline. */
function copyForRetry({ jobs, events }: World, { client }: Setting, job: number): number {
  const again = jobs.take()
  jobs.firstAt[again] = jobs.firstAt[job]!
  jobs.attemptAt[again] = jobs.attemptAt[job]!
  jobs.cell[again] = jobs.cell[job]!
  jobs.clientTries[again] = jobs.clientTries[job]!
  jobs.gatewayTries[again] = jobs.gatewayTries[job]! + 1
  if (client.deadline !== null)
    events.push(jobs.attemptAt[job]! + client.deadline, Happening.DEADLINE, again, jobs.stamp[again]!)
  return again
}
