import { createEndOrRetry } from './end-or-retry.ts'
import { GOOD } from './gateway.ts'
import type { GatewayDesk } from './gateway.ts'
import { ENDINGS } from './outcome.ts'
import type { Setting } from './setting.ts'
import { createTimerLane } from './timer-lane.ts'
import type { TimerLane } from './timer-lane.ts'
import { createTokenBucket } from './token-bucket.ts'
import type { World } from './world.ts'

/** The clients, and what stands before the gateway: cache and limiter. */
export interface ClientDesk {
  readonly deadlineTimers: TimerLane
  /** A new request, counted in this cell. */
  arrive(cell: number): void
  /** A job comes: a new one, or after `Happening.PAUSE_OVER`. */
  attempt(job: number): void
  /** The first of `deadlineTimers` has ended. */
  deadlineTimerEnded(): void
  /** The client leaves, unless it has its answer. */
  giveUp(job: number): void
  /** An attempt is answered. */
  answered(job: number, ending: number): void
}

const GAVE_UP = ENDINGS.indexOf('gave-up')

export function createClientDesk(world: World, setting: Setting, gateway: () => GatewayDesk): ClientDesk {
  const { jobs, tally, luck } = world
  const { cache, limiter, client } = setting
  const bucket = limiter === null ? null : createTokenBucket(limiter.rate, limiter.burst)
  const limited = ENDINGS.indexOf(limiter?.status === 503 ? '503' : '429')
  const { earn, failed } = createEndOrRetry(world, client)
  const deadlineTimers = createTimerLane(client.deadline)
  const desk: ClientDesk = {
    deadlineTimers,
    arrive(cell) {
      const job = jobs.take()
      jobs.firstAt[job] = world.now
      jobs.cell[job] = cell
      jobs.clientTries[job] = 0
      earn()
      desk.attempt(job)
    },
    attempt(job) {
      const cell = jobs.cell[job]!
      tally.attempts[cell]! += 1
      jobs.attemptAt[job] = world.now
      jobs.gatewayTries[job] = 0
      if (cache !== null && luck.pick() < cache.hitRatio) {
        tally.ended(cell, GOOD)
        tally.hit(cell, world.now - jobs.firstAt[job]! + cache.answerTime)
        jobs.release(job)
      } else if (bucket?.takes(world.now) === false) {
        failed(job, limited)
        jobs.release(job)
      } else {
        deadlineTimers.set(world.now, job, jobs.stamp[job]!)
        gateway().enter(job, -1)
      }
    },
    deadlineTimerEnded() {
      const job = deadlineTimers.pop(jobs.stamp)
      if (job >= 0) desk.giveUp(job)
    },
    giveUp(job) {
      if (jobs.isAwaited[job] === 0) return
      jobs.isAwaited[job] = 0
      failed(job, GAVE_UP)
      gateway().abandoned(job)
    },
    answered(job, ending) {
      if (ending !== GOOD) {
        failed(job, ending)
        return
      }
      const cell = jobs.cell[job]!
      tally.ended(cell, GOOD)
      tally.answered(cell, world.now - jobs.firstAt[job]!)
    },
  }
  return desk
}
