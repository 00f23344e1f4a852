import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { analyse } from '../../src/analysis/analyse.ts'
import type { Findings } from '../../src/analysis/findings.ts'
import { startLab } from '../../src/lab/server.ts'
import type { Plan } from '../../src/plan/plan.ts'
import type { Result } from '../../src/result/result.ts'
import type { carryOut as CarryOut } from '../../src/trial/carry-out.ts'
import type { windowsInMemory as WindowsInMemory } from '../../src/trial/window-store.ts'
import { closedPlan, rung } from '../support/closed-plan.ts'
import { FACTS } from '../support/fixture-result.ts'
import { RawServer } from '../support/raw-server.ts'
import { countOutcomes } from '../support/watched-closed-drive.ts'

// Worker threads run compiled files only, so the load is made by the build.
const built = async <Module>(file: string): Promise<Module> =>
  (await import(new URL(`../../dist/${file}`, import.meta.url).href)) as Module
const { carryOut } = await built<{ readonly carryOut: typeof CarryOut }>('trial/carry-out.js')
const { windowsInMemory } = await built<{ readonly windowsInMemory: typeof WindowsInMemory }>(
  'trial/window-store.js',
)

const targetAt = (port: number): Pick<Plan, 'target'> => ({
  target: { protocol: 'http', host: '127.0.0.1', port, basePath: '' },
})

const carriedOut = (plan: Plan, workers = 2): Promise<Result> =>
  carryOut(plan, {
    workers,
    facts: FACTS,
    onProgress: () => {},
    onStoppable: () => {},
    windows: windowsInMemory(),
  })

const stops: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function listen(server: Server): Promise<number> {
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  stops.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/**
 * One server of 2 ms each carries 500/s (D/1: its rate is 1/S). A connection that asks again when it is answered keeps
 * it busy as soon as there are two of them; with 32, a stall of the machine of 60 ms still finds it at work.
 */
test('D1: at 8 connections and more the throughput is 500/s, and levels off before', async () => {
  let findings: Findings | undefined
  for (let tried = 1; tried <= 3; tried += 1) {
    const lab = await startLab('D1')
    const port = Number(new URL(lab.url).port)
    const result = await carriedOut(
      closedPlan(
        [1, 8, 32].map(n => rung(n, 3)),
        targetAt(port),
      ),
    )
    // What the server counted is what the result says, whatever the machine was like.
    expect(countOutcomes(result.windows)).toEqual(lab.counts().byStatus)
    await lab.close()
    findings = analyse(result)
    if (findings.saturation!.rungs.slice(1).every(({ throughputRps }) => isNear(throughputRps))) break
  }
  const { saturation, capacity, trust } = findings!
  expect(trust.reasons).toEqual([])
  for (const { throughputRps } of saturation!.rungs.slice(1)) expect(isNear(throughputRps)).toBe(true)
  expect(isNear(saturation!.highest!.throughputRps)).toBe(true)
  expect(saturation!.levelsOffAt).toBeLessThanOrEqual(8)
  expect([capacity.knee.bound, capacity.limitedBy]).toEqual(['none', 'throughput'])
}, 120_000)

const isNear = (rps: number): boolean => Math.abs(rps / 500 - 1) < 0.05

/** A gateway that holds four requests, 10 ms each, and answers 502 to any more at once. */
test('a server that answers 502 above four at once: none with up to 4 connections, many with 8', async () => {
  let now = 0
  const tally: Record<string, number> = {}
  const server = createServer((_request, response) => {
    const status = now >= 4 ? 502 : 200
    tally[status] = (tally[status] ?? 0) + 1
    response.statusCode = status
    if (status === 502) {
      response.end()
      return
    }
    now += 1
    setTimeout(() => {
      now -= 1
      response.end('ok')
    }, 10)
  })
  const port = await listen(server)
  const result = await carriedOut(closedPlan([rung(2, 1), rung(4, 1), rung(8, 2)], targetAt(port)))
  expect(countOutcomes(result.windows)).toEqual(tally)
  const { saturation, onset } = analyse(result)
  expect(saturation!.rungs.map(({ errorShare }) => errorShare > 0.5)).toEqual([false, false, true])
  expect(saturation!.rungs.slice(0, 2).map(({ errorShare }) => errorShare)).toEqual([0, 0])
  expect(onset['502']).toMatchObject({ loadRelated: false, undecided: true, count: tally[502] })
  expect(onset['502']?.because).toMatch(/^first seen with 8 connections/)
})

test('five connections over two workers are five at the server', async () => {
  const server = await RawServer.start(({ socket }) =>
    setTimeout(() => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'), 5),
  )
  stops.push(() => server.stop())
  const { address } = server
  const port = address.kind === 'tcp' ? address.port : 0
  const result = await carriedOut(closedPlan([rung(5, 2)], targetAt(port)))
  // One more for the look at whether anybody is there at all.
  expect(server.connections).toBe(5 + 1)
  expect(result.windows.map(({ generator }) => generator.connectionsOpened)).toEqual([5, 0])
  expect(countOutcomes(result.windows)).toEqual({ 200: server.requests })
})

test('a target that goes away before its first answer ends the trial in seconds', async () => {
  const server = await RawServer.start(() => {})
  const { address } = server
  const port = address.kind === 'tcp' ? address.port : 0
  const running = carriedOut(closedPlan([rung(4, 60)], targetAt(port)))
  while (server.requests === 0) await new Promise(resolve => setTimeout(resolve, 5))
  await server.stop()
  const { ended } = await running
  expect(ended).toMatchObject({ how: 'stopped', failure: 'refused' })
  expect(ended.how === 'stopped' && ended.at).toBeLessThanOrEqual(5e9)
})
