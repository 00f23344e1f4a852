import { createRandom } from '../units/random.ts'
import { createArrivalStream } from './arrival-stream.ts'
import type { ArrivalStream } from './arrival-stream.ts'
import { createBackendWork } from './backend-work.ts'
import type { BackendWork } from './backend-work.ts'
import { createClientDesk } from './client-desk.ts'
import type { ClientDesk } from './client-desk.ts'
import { Happening, createEventHeap } from './event-heap.ts'
import { createGatewayDesk } from './gateway.ts'
import type { GatewayDesk } from './gateway.ts'
import { createJobPool } from './job-pool.ts'
import { createServiceDraw } from './service-draw.ts'
import type { Load, ServiceLaw, Setting } from './setting.ts'
import { createTally } from './tally.ts'
import type { Tally } from './tally.ts'
import type { World } from './world.ts'

/** Uses of chance, each with a stream of its own, so that the arrivals are the same whatever else is set. */
const STREAMS = { arrivals: 0, service: 1, luck: 2 } as const
const USES = Object.keys(STREAMS).length

interface Parts {
  readonly world: World
  readonly arrivals: ArrivalStream
  readonly client: ClientDesk
  readonly gateway: GatewayDesk
  readonly backends: BackendWork
}

/** One replication, from an empty system until everybody has left. The tally covers `cells` equal parts of what follows the warm-up. */
export function replicate(
  setting: Setting,
  law: ServiceLaw,
  load: Load,
  { replication, cells }: { readonly replication: number; readonly cells: number },
): Tally {
  const random = (use: keyof typeof STREAMS): ReturnType<typeof createRandom> =>
    createRandom(load.seed, replication * USES + STREAMS[use])
  const world: World = {
    now: 0,
    jobs: createJobPool(),
    events: createEventHeap(),
    tally: createTally(cells, setting.backends.count, setting.cache !== null),
    luck: random('luck'),
  }
  const arrivals = createArrivalStream(load.arrivals, random('arrivals'))
  const draw = createServiceDraw(law, random('service'))
  const client = createClientDesk(world, setting, () => gateway)
  const gateway = createGatewayDesk(world, setting, {
    backends: () => backends,
    answer: (job, ending) => client.answered(job, ending),
  })
  const backends = createBackendWork(world, setting.backends, draw, job => gateway.finished(job))
  carryOn({ world, arrivals, client, gateway, backends }, load.warmUp)
  return world.tally
}

/** Whatever comes next, until nothing does. At one instant work is finished before timers end, and these before somebody comes. */
function carryOn(parts: Parts, warmUp: number): void {
  const { world, client, gateway } = parts
  const { events } = world
  const { queueTimers, answerTimers } = gateway
  const { deadlineTimers } = client
  const arrive = createEntrance(parts, warmUp)
  let arrival = parts.arrivals.next()
  for (;;) {
    const event = events.earliest()
    const inQueue = queueTimers.earliest()
    const unanswered = answerTimers.earliest()
    const deadline = deadlineTimers.earliest()
    const timer = Math.min(inQueue, unanswered, deadline)
    const next = Math.min(event, timer, arrival)
    if (next === Infinity) return
    world.now = next
    if (event === next) happen(parts)
    else if (timer === next) {
      if (unanswered === next) gateway.answerTimerEnded()
      else if (inQueue === next) gateway.queueTimerEnded()
      else client.deadlineTimerEnded()
    } else {
      arrive()
      arrival = parts.arrivals.next()
    }
  }
}

function happen({ world, client, backends }: Parts): void {
  const { events } = world
  events.pop()
  const { kind, id, stamp } = events
  if (kind === Happening.WORKED_OFF) backends.workedOff(id)
  else if (kind === Happening.SHARE_DONE) backends.shareDone(id, stamp)
  else if (kind === Happening.PAUSE_OVER) client.attempt(id)
  else if (world.jobs.stamp[id] === stamp) client.giveUp(id)
}

/** Lets the next request in, and moves on to the next cell of the tally where its turn has come. */
function createEntrance({ world, arrivals, client }: Parts, warmUp: number): () => void {
  const { tally } = world
  const perCell = (arrivals.count - warmUp) / tally.cells
  let come = 0
  let cell = tally.cells
  let changesAt = warmUp
  return () => {
    if (come >= changesAt) {
      cell = come >= arrivals.count ? tally.cells : Math.floor((come - warmUp) / perCell + 1e-9)
      tally.enter(cell, world.now)
      changesAt = come >= arrivals.count ? Infinity : Math.ceil(warmUp + (cell + 1) * perCell - 1e-9)
    }
    if (come < arrivals.count) client.arrive(cell)
    come += 1
  }
}
