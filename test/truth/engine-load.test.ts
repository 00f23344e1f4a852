import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Load, LoadEnd, generateLoad as GenerateLoad } from '../../src/generator/generate-load.ts'
import { createSchedule } from '../../src/pacing/schedule.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { layOutWindows } from '../../src/plan/window-layout.ts'
import type { TickPart } from '../../src/recording/window-part.ts'
import type { IntervalWindow } from '../../src/result/result.ts'
import { RawServer } from '../support/raw-server.ts'
import { hold, planOf, stage } from '../support/simulate-result.ts'
import { WHOLE } from '../support/watched-drive.ts'

// Worker threads run compiled files only, so the load is made by the build.
const BUILT = new URL('../../dist/generator/generate-load.js', import.meta.url)
const { generateLoad } = (await import(BUILT.href)) as {
  readonly generateLoad: typeof GenerateLoad
}

let server: RawServer

beforeEach(async () => {
  server = await RawServer.start(({ socket, number }) => {
    const status = number % 3 === 0 ? '502 Bad Gateway' : '200 OK'
    socket.write(`HTTP/1.1 ${status}\r\nContent-Length: 2\r\n\r\nxy`)
  })
})
afterEach(async () => server.stop())

interface Run {
  readonly load: Load
  readonly windows: IntervalWindow[]
  readonly ticks: (readonly TickPart[])[]
}

function run(plan: Plan, workers: number): Run {
  const windows: IntervalWindow[] = []
  const ticks: (readonly TickPart[])[] = []
  const load = generateLoad({
    plan,
    address: server.address,
    workers,
    onTick: tick => ticks.push(tick),
    onWindow: window => windows.push(window),
  })
  return { load, windows, ticks }
}

const PLAN = planOf([hold('hold', 300, 1), stage('ramp', 300, 0, 1.25)], { seed: 21 })

/** Intended starts of the plan in each of its windows. */
function dueByWindow(plan: Plan): number[] {
  const spans = layOutWindows(plan)
  const counts = spans.map(() => 0)
  for (const schedule = createSchedule(plan, WHOLE); schedule.at < Infinity; schedule.advance()) {
    counts[spans.findIndex(({ to }) => schedule.at < to)]! += 1
  }
  return counts
}

test.each([1, 2, 3])(
  '%s workers together make exactly the arrivals of the plan and count every answer',
  async workers => {
    const { load, windows, ticks } = run(PLAN, workers)
    const { drain, samples, broken } = await load.done
    expect(broken).toBeUndefined()
    expect(windows.map(({ offered }) => offered)).toEqual(dueByWindow(PLAN))
    expect(windows.map(({ from }) => from / 1e9)).toEqual([0, 1])
    expect(ticks.map(tick => tick.map(({ index }) => index))).toEqual(
      windows.map((_, i) => Array.from({ length: workers }, () => i)),
    )
    const answered = (status: number): number =>
      windows
        .flatMap(({ series }) => series)
        .filter(({ outcome }) => outcome.kind === 'answered' && outcome.status === status)
        .reduce((sum, { count }) => sum + count, 0)
    // The server answers every third request with 502, beginning with the first.
    expect(answered(502)).toBe(Math.ceil(server.requests / 3))
    expect(answered(200)).toBe(Math.floor((server.requests * 2) / 3))
    const flow = windows.reduce((sum, { flow }) => sum + flow.answered, 0)
    expect(flow + drain.answered).toBe(server.requests)
    expect(samples.map(({ outcome }) => outcome)).toContainEqual({ kind: 'answered', status: 502 })
    expect(samples.find(({ body }) => body === 'xy')?.head).toMatch(/^HTTP\/1\.1 (200 OK|502 Bad Gateway)/)
  },
)

const NOTHING: LoadEnd = { drain: { answered: 0, good: 0, ended: 0 }, samples: [], broken: undefined }

test.each(['drain', 'abandon'] as const)('%s before the workers are ready: nothing is sent', async order => {
  const { load, windows } = run(planOf([hold('hold', 300, 60)]), 2)
  load[order]()
  expect(await load.done).toEqual(NOTHING)
  expect(windows).toEqual([])
  expect([server.connections, server.requests]).toEqual([0, 0])
})

test('drain in the middle ends early, with every request that was due until then', async () => {
  const { load, windows, ticks } = run(planOf([hold('hold', 300, 60)]), 2)
  while (ticks.length < 1) await new Promise(resolve => setTimeout(resolve, 10))
  load.drain()
  await load.done
  const offered = windows.reduce((sum, window) => sum + window.offered, 0)
  expect(offered).toBe(server.requests)
  expect(windows.at(-1)!.to).toBeLessThan(30e9)
  expect(windows.map(({ from }) => from / 1e9)).toEqual(windows.map((_, i) => i))
})
