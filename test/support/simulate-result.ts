import { isExpected } from '../../src/plan/plan.ts'
import type { Plan, RequestTemplate, Stage } from '../../src/plan/plan.ts'
import { layOutWindows } from '../../src/plan/window-layout.ts'
import type { WindowSpan } from '../../src/plan/window-layout.ts'
import { countsOf } from '../../src/result/counts.ts'
import { encodeHistogram } from '../../src/result/histogram.ts'
import type { Outcome } from '../../src/result/outcome.ts'
import type { Flow, GeneratorHealth, IntervalWindow, Result } from '../../src/result/result.ts'
import { nanoseconds, perSecond, seconds, share } from '../../src/units/quantity.ts'
import { createRandom } from '../../src/units/random.ts'
import type { Random } from '../../src/units/random.ts'
import type { Ending, ServerModel } from './servers.ts'

export const stage = (name: string, from: number, to: number, forSeconds: number, warmup = false): Stage => ({
  name,
  from: perSecond(from),
  to: perSecond(to),
  for: seconds(forSeconds),
  warmup,
})
export const hold = (name: string, rate: number, forSeconds: number): Stage =>
  stage(name, rate, rate, forSeconds)

export const request = (name: string, weight = 1): RequestTemplate => ({
  name,
  weight,
  method: 'GET',
  path: `/${name}`,
  headers: [],
  expect: [],
  deadline: seconds(10),
})

export const planOf = (stages: readonly Stage[], rest: Partial<Plan> = {}): Plan => ({
  schema: 'plimsoll/plan@1',
  name: 'simulated',
  target: { protocol: 'http', host: '127.0.0.1', port: 80, basePath: '' },
  arrivals: 'poisson',
  stages,
  requests: [request('home')],
  promises: [],
  seed: 1,
  maxConnections: 10_000,
  ...rest,
})

/**
 * The RESULT that a perfect generator would record of this plan against this server, in virtual time: no sockets, no
 * jitter, the same for the same seed. Service times equal response times, as every request leaves when it is due.
 */
export function simulateResult(plan: Plan, model: ServerModel): Result {
  const spans = layOutWindows(plan)
  const windows = spans.map(() => emptyTally())
  const drain = { answered: 0, good: 0, ended: 0 }
  const server = model(createRandom(plan.seed, 7))
  const chooser = createRandom(plan.seed, 8)
  const end = spans.at(-1)!.to / 1e9
  for (const at of arrivals(plan, createRandom(plan.seed, 9))) {
    const chosen = choose(plan.requests, chooser)
    const template = plan.requests[chosen]!
    const ending = server(at, chosen)
    const deadline = at + template.deadline / 1e9
    const status = ending.endsAt > deadline ? 'timed-out' : ending.status
    const outcome = outcomeOf(status)
    const endsAt = Math.min(ending.endsAt, deadline)
    const index = windowAt(spans, at)
    note(windows[index]!, `${chosen} ${status}`, {
      request: chosen,
      outcome,
      at,
      timeUs: (endsAt - at) * 1e6,
    })
    const flow = endsAt >= end ? drain : windows[windowAt(spans, endsAt)]!.flow
    flow.ended += 1
    if (outcome.kind === 'answered') flow.answered += 1
    if (outcome.kind === 'answered' && isExpected(template, outcome.status)) flow.good += 1
    for (let i = index; i < spans.length && spans[i]!.from / 1e9 < endsAt; i += 1) {
      windows[i]!.resident += Math.min(endsAt, spans[i]!.to / 1e9) - Math.max(at, spans[i]!.from / 1e9)
      if (spans[i]!.to / 1e9 <= endsAt) windows[i]!.atEnd += 1
    }
  }
  return assemble(plan, spans, windows, drain)
}

interface Tally {
  offered: number
  readonly series: Map<string, { request: number; outcome: Outcome; firstAt: number; timesUs: number[] }>
  readonly flow: { -readonly [key in keyof Flow]: Flow[key] }
  resident: number
  atEnd: number
}

const emptyTally = (): Tally => ({
  offered: 0,
  series: new Map(),
  flow: { answered: 0, good: 0, ended: 0 },
  resident: 0,
  atEnd: 0,
})

function outcomeOf(status: Ending['status'] | 'timed-out'): Outcome {
  if (typeof status === 'number') return { kind: 'answered', status }
  return status === 'timed-out' ? { kind: 'timed-out' } : { kind: 'failed', cause: status }
}

function note(
  tally: Tally,
  key: string,
  { request, outcome, at, timeUs }: { request: number; outcome: Outcome; at: number; timeUs: number },
): void {
  tally.offered += 1
  const series = tally.series.get(key)
  if (series === undefined) tally.series.set(key, { request, outcome, firstAt: at, timesUs: [timeUs] })
  else series.timesUs.push(timeUs)
}

function choose(requests: readonly RequestTemplate[], random: Random): number {
  let left = random.uniform() * requests.reduce((sum, { weight }) => sum + weight, 0)
  return Math.max(
    0,
    requests.findIndex(({ weight }) => (left -= weight) <= 0),
  )
}

function windowAt(spans: readonly WindowSpan[], at: number): number {
  let i = Math.min(spans.length - 1, Math.floor((at * 1e9) / (spans.at(-1)!.to / spans.length)))
  while (spans[i]!.from > at * 1e9) i -= 1
  while (i < spans.length - 1 && spans[i]!.to <= at * 1e9) i += 1
  return i
}

/** Arrivals whose expected number grows as the area under the rate: unit steps of it, even or exponential. */
function* arrivals(plan: Plan, random: Random): Generator<number> {
  let start = 0
  let done = 0
  let due = plan.arrivals === 'even' ? 0.5 : -Math.log(random.uniform())
  for (const { from, to, for: duration } of plan.stages) {
    const length = duration / 1e9
    const slope = (to - from) / length
    const area = ((from + to) / 2) * length
    while (due < done + area) {
      const n = due - done
      yield start + (2 * n) / (from + Math.sqrt(Math.max(0, from * from + 2 * slope * n)))
      due += plan.arrivals === 'even' ? 1 : -Math.log(random.uniform())
    }
    done += area
    start += length
  }
}

export const HEALTHY: GeneratorHealth = {
  latenessUs: encodeHistogram(countsOf([20, 25, 30, 40])),
  utilisation: 0.2,
  longestStallMs: 2,
  garbageCollectionMs: 1,
  cpuCores: 1,
  connectionsOpened: 0,
  connectionsOpen: 10,
}

function assemble(plan: Plan, spans: readonly WindowSpan[], tallies: readonly Tally[], drain: Flow): Result {
  const windows = spans.map(({ stage, from, to }, i): IntervalWindow => {
    const { offered, series, flow, resident, atEnd } = tallies[i]!
    return {
      stage,
      from,
      to,
      offered,
      sent: offered,
      series: [...series.values()].map(({ request, outcome, firstAt, timesUs }) => {
        const times = encodeHistogram(countsOf(timesUs))
        const bytesRead = outcome.kind === 'answered' ? 200 * timesUs.length : 0
        return {
          request,
          outcome,
          count: timesUs.length,
          firstAt: nanoseconds(firstAt * 1e9),
          bytesRead,
          responseTimesUs: times,
          serviceTimesUs: times,
        }
      }),
      flow,
      inFlight: { mean: resident / ((to - from) / 1e9), atEnd },
      generator: HEALTHY,
    }
  })
  return {
    schema: 'plimsoll/result@1',
    plan,
    run: RUN,
    ended: { how: 'completed' },
    windows,
    drain,
    samples: [],
  }
}

const RUN: Result['run'] = {
  id: 'simulated',
  toolVersion: '0.0.0',
  startedAt: '2026-01-01T00:00:00.000Z',
  endedAt: '2026-01-01T00:01:00.000Z',
  workers: 2,
  connectedTo: '127.0.0.1:80',
  scenario: { file: null, digest: 'sha256:0', text: null },
  machine: {
    platform: 'linux',
    arch: 'x64',
    cpuModel: 'virtual',
    cpus: 2,
    memoryBytes: 1e9,
    node: 'v20.0.0',
  },
}

/** `99.9` as the share it stands for. */
export const percentile = (percent: number): ReturnType<typeof share> => share(percent / 100)
