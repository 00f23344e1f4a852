import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { generateLoad as GenerateLoad } from '../../src/generator/generate-load.ts'
import { createSchedule } from '../../src/pacing/schedule.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { layOutWindows } from '../../src/plan/window-layout.ts'
import { countAbove, totalCount } from '../../src/result/counts.ts'
import { decodeHistogram } from '../../src/result/histogram.ts'
import type { IntervalWindow } from '../../src/result/result.ts'
import { RawServer } from '../support/raw-server.ts'
import { hold, planOf } from '../support/simulate-result.ts'
import { WHOLE, WatchedDrive } from '../support/watched-drive.ts'

// Worker threads run compiled files only, so the load is made by the build.
const BUILT = new URL('../../dist/generator/generate-load.js', import.meta.url)
const { generateLoad } = (await import(BUILT.href)) as { readonly generateLoad: typeof GenerateLoad }

let server: RawServer
beforeEach(async () => {
  server = await RawServer.start(({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
  })
})
afterEach(async () => server.stop())

const offered = (windows: readonly IntervalWindow[]): number[] => windows.map(window => window.offered)
const total = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0)

describe('one drive of 100/s, even, that grows', () => {
  const stages = (...lengths: readonly number[]): Plan['stages'] =>
    lengths.map((length, i) => hold(`${i}`, 100, length))
  let watched: WatchedDrive
  const start = (): void => {
    watched = new WatchedDrive(planOf(stages(1), { arrivals: 'even' }), server.address, { growing: true })
  }
  afterEach(async () => {
    watched.drive.abandon()
    await watched.done()
  })

  test('in time: a stage that becomes longer, then a new one, are one plan', async () => {
    start()
    await sleep(300)
    watched.extend(stages(2))
    await sleep(1000)
    watched.extend(stages(2, 1))
    watched.drive.close()
    await watched.done()
    expect(offered(watched.windows)).toEqual([100, 100, 100])
    expect(watched.windows.map(({ stage }) => stage)).toEqual([0, 0, 1])
    expect(watched.ticks.map(({ index }) => index)).toEqual([0, 1, 2])
    expect(server.requests).toBe(300)
  })

  test('is not over before it is closed', async () => {
    start()
    await sleep(1300)
    expect(watched.ticks).toHaveLength(1)
    expect(watched.ends).toEqual([])
    watched.drive.close()
    await watched.done()
    expect(offered(watched.windows)).toEqual([100])
  })

  test('too late: what was due is sent late, each once, and its window shows that', async () => {
    start()
    await sleep(1620)
    watched.extend(stages(2))
    watched.drive.close()
    await watched.done()
    expect(offered(watched.windows)).toEqual([100, 100])
    expect(server.requests).toBe(200)
    const lateness = decodeHistogram(watched.windows[1]!.generator.latenessUs)
    expect(totalCount(lateness)).toBe(100)
    // Due from 1 to 1.6 s: the last of these 60 is late by 20 ms or more, those before 1.5 s by 100 ms.
    expect(countAbove(lateness, 100_000)).toBeGreaterThanOrEqual(50)
    expect(total(watched.ticks.map(({ flow }) => flow.ended)) + watched.ends[0]!.ended).toBe(200)
  })

  test('too late by more than a second: what is overdue by that is not sent any more', async () => {
    start()
    await sleep(2720)
    watched.extend(stages(3))
    watched.drive.close()
    await watched.done()
    expect(offered(watched.windows)).toEqual([100, 100, 100])
    const unsent = watched.windows
      .flatMap(({ series }) => series)
      .filter(({ outcome }) => outcome.kind === 'never-sent')
    expect(total(unsent.map(({ count }) => count))).toBe(300 - server.requests)
    // Due from 1 to 1.7 s.
    expect(300 - server.requests).toBeGreaterThanOrEqual(70)
  })

  test('sends nothing more when it is drained, whatever it is extended by then', async () => {
    start()
    await sleep(500)
    watched.drive.drain()
    watched.drive.extend(stages(5))
    await watched.done()
    expect(total(offered(watched.windows))).toBe(server.requests)
    expect(watched.windows).toHaveLength(1)
  })
})

test('two workers, extended by a second whenever one has passed, make the arrivals of the whole plan', async () => {
  const whole = planOf([hold('a', 200, 1), hold('b', 0, 1), hold('c', 400, 2)], { seed: 5 })
  const known = (length: number): Plan['stages'] =>
    [hold('a', 200, 1), hold('b', 0, 1), hold('c', 400, length - 2)].slice(0, length)
  const windows: IntervalWindow[] = []
  const load = generateLoad({
    plan: { ...whole, stages: known(1) },
    growing: true,
    address: server.address,
    workers: 2,
    onTick: ([tick]) => {
      if (tick!.index < 2) load.extend(known(tick!.index + 3))
      else load.close()
    },
    onWindow: window => windows.push(window),
  })
  // Before the workers are ready: kept for them.
  load.extend(known(2))
  const { broken } = await load.done
  expect(broken).toBeUndefined()
  const due = layOutWindows(whole).map(() => 0)
  for (const schedule = createSchedule(whole, WHOLE); schedule.at < Infinity; schedule.advance())
    due[Math.floor(schedule.at / 1e9)]! += 1
  expect(offered(windows)).toEqual(due)
  expect(windows.map(({ stage }) => stage)).toEqual([0, 1, 2, 2])
  expect(server.requests).toBe(total(due))
})
