import { once } from 'node:events'
import { createServer as createTls } from 'node:https'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import type { Plan } from '../../src/plan/plan.ts'
import { DEFAULT_TRANSPORT } from '../../src/plan/transport.ts'
import { milliseconds } from '../../src/units/quantity.ts'
import { RawServer } from '../support/raw-server.ts'
import type { RawRequest } from '../support/raw-server.ts'
import { selfSigned } from '../support/self-signed.ts'
import { request } from '../support/simulate-result.ts'
import { closedPlan, rung } from '../support/closed-plan.ts'
import { WatchedClosedDrive } from '../support/watched-closed-drive.ts'

let server: RawServer
afterEach(async () => server.stop())

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nxy'
const after = (ms: number, answer: () => void): void => void setTimeout(answer, ms)

/** Answers after two milliseconds; tells how many requests it had at once at most. */
async function counting({ closes = false } = {}): Promise<{ readonly most: () => number }> {
  let now = 0
  let most = 0
  server = await RawServer.start(({ socket }) => {
    now += 1
    most = Math.max(most, now)
    after(2, () => {
      now -= 1
      if (closes) socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nxy')
      else socket.write(OK)
    })
  })
  return { most: () => most }
}

async function run(plan: Plan): Promise<WatchedClosedDrive> {
  return new WatchedClosedDrive(plan, server.address).done()
}

const total = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

describe('a ladder of 1, 4 and 2 connections', () => {
  test('sends on as many at once as each rung says, and counts every answer once', async () => {
    const { most } = await counting()
    const { windows, outcomes, ends, ticks } = await run(closedPlan([rung(1, 1), rung(4, 1), rung(2, 1)]))
    expect(outcomes).toEqual({ 200: server.requests })
    expect(most()).toBe(4)
    // Each connection is kept from rung to rung.
    expect(server.connections).toBe(4)
    expect(windows.map(({ generator }) => generator.connectionsOpened)).toEqual([1, 3, 0])
    for (const [i, most] of [1, 4].entries()) expect(windows[i]!.inFlight.mean).toBeLessThanOrEqual(most)
    expect(ticks.map(({ index }) => index)).toEqual([0, 1, 2])
    const flow = windows.reduce((sum, window) => sum + window.flow.answered, 0)
    expect(flow + ends[0]!.answered).toBe(server.requests)
  })

  test('hands over no times: a connection that waits does not send, so they would leave out the waits', async () => {
    await counting()
    const { windows, ticks } = await run(closedPlan([rung(2, 1)]))
    const [window] = windows
    expect(window!.series.map(series => [series.responseTimesUs, series.serviceTimesUs])).toEqual([['', '']])
    expect(window!.generator.latenessUs).toBe('')
    expect(ticks[0]!.response.indices).toEqual([])
    expect([window!.offered, window!.sent]).toEqual([server.requests, server.requests])
    expect(window!.series[0]!.bytesRead).toBe(server.requests * OK.length)
  })
})

test('of five connections two workers have three and two; of two connections a third worker has none', async () => {
  await counting()
  const plan = closedPlan([rung(5, 1)])
  const drives = [0, 1].map(index => new WatchedClosedDrive(plan, server.address, { index, count: 2 }))
  const [first, second] = await Promise.all(drives.map(drive => drive.done()))
  expect([first, second].map(one => one!.windows[0]!.generator.connectionsOpened)).toEqual([3, 2])
  expect(server.connections).toBe(5)
  const idle = new WatchedClosedDrive(closedPlan([rung(2, 0.5)]), server.address, { index: 2, count: 3 })
  await idle.done()
  expect(idle.windows.map(({ offered }) => offered)).toEqual([0])
  expect(server.connections).toBe(5)
})

test('requests come in the shares of their weights, exactly: 6 : 3 : 1, give or take one a connection', async () => {
  const paths: Record<string, number> = {}
  server = await RawServer.start(({ socket, head }) => {
    const path = head.split(' ')[1]!
    paths[path] = (paths[path] ?? 0) + 1
    socket.write(OK)
  })
  const requests = [request('a', 6), request('b', 3), request('c', 1)]
  const { windows } = await run(closedPlan([rung(2, 0.5)], { requests }))
  for (const [path, share] of Object.entries({ '/a': 0.6, '/b': 0.3, '/c': 0.1 }))
    expect(Math.abs(paths[path]! - share * server.requests)).toBeLessThanOrEqual(2)
  const counted = windows.flatMap(({ series }) => series.map(one => [one.request, one.count]))
  expect(counted).toEqual([
    [0, paths['/a']],
    [1, paths['/b']],
    [2, paths['/c']],
  ])
})

describe('what autocannon by itself does not count', () => {
  test('a server that closes after each answer: every answer counted, no failure, and never more at once', async () => {
    const { most } = await counting({ closes: true })
    const { outcomes } = await run(closedPlan([rung(3, 1)]))
    expect(outcomes).toEqual({ 200: server.requests })
    expect(server.connections).toBe(server.requests)
    expect(most()).toBe(3)
  })

  test('a body that ends with its connection', async () => {
    server = await RawServer.start(({ socket }) => socket.end('HTTP/1.0 200 OK\r\n\r\nas long as it is'))
    const { outcomes } = await run(closedPlan([rung(2, 0.5)]))
    expect(outcomes).toEqual({ 200: server.requests })
  })

  test('a request that is cut off by the end of its connection, and the answer to the next one after it', async () => {
    server = await RawServer.start(({ socket, number }) => {
      if (number % 2 === 0) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf of i')
      else socket.write(OK)
    })
    const { outcomes } = await run(closedPlan([rung(1, 1)]))
    expect(total(outcomes)).toBe(server.requests)
    expect(outcomes['closed-early']).toBe(Math.ceil(server.requests / 2))
    expect(outcomes[200]).toBe(Math.floor(server.requests / 2))
  })

  test('bytes that are no HTTP: an invalid response, and the next connection starts afresh', async () => {
    server = await RawServer.start(({ socket, number }) => {
      socket.write(number % 2 === 0 ? 'SSH-2.0-OpenSSH_9.7\r\n' : OK)
    })
    const { outcomes, samples } = await run(closedPlan([rung(1, 1)]))
    expect(outcomes['invalid-response']).toBe(Math.ceil(server.requests / 2))
    expect(outcomes[200]).toBe(Math.floor(server.requests / 2))
    expect(samples.find(({ outcome }) => outcome.kind === 'failed')?.body).toContain('SSH-2.0')
  })

  test('an interim answer is not the answer, and a HEAD has no body whatever its length says', async () => {
    const early = 'HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n'
    server = await RawServer.start(({ socket }) =>
      socket.write(`${early}HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n`),
    )
    const requests = [{ ...request('home'), method: 'HEAD', deadline: milliseconds(1000) }]
    const { outcomes } = await run(closedPlan([rung(2, 0.5)], { requests }))
    expect(outcomes).toEqual({ 200: server.requests })
    expect(server.requests).toBeGreaterThan(10)
  })

  test('two answers to one request do not break the worker', async () => {
    server = await RawServer.start(({ socket }) => after(2, () => socket.write(OK + OK)))
    const { outcomes } = await run(closedPlan([rung(2, 0.5), rung(1, 0.5)]))
    expect(Object.keys(outcomes)).toEqual(['200'])
  })
})

test('deadlines are kept to the millisecond, not the second: what is silent times out, its connection is replaced', async () => {
  server = await RawServer.start(({ socket, number }) => {
    if (number % 2 === 1) socket.write(OK)
  })
  const requests = [{ ...request('home'), deadline: milliseconds(200) }]
  const { outcomes } = await run(closedPlan([rung(1, 1.1)], { requests }))
  // Every second request takes 200 ms: no more than six begin in 1.1 s; by whole seconds it were two at most.
  expect(outcomes['timed-out']).toBeGreaterThanOrEqual(3)
  expect(outcomes['timed-out']).toBeLessThanOrEqual(6)
  expect(total(outcomes)).toBe(server.requests)
  expect(server.connections).toBe(outcomes['timed-out']! + 1 - (server.requests % 2))
})

test('a target that refuses is asked ten times a second by each connection, not as fast as it goes', async () => {
  server = await RawServer.start(() => {})
  const { address } = server
  await server.stop()
  const drive = new WatchedClosedDrive(closedPlan([rung(3, 1)]), address)
  const { outcomes, windows, ticks } = await drive.done()
  expect(Object.keys(outcomes)).toEqual(['refused'])
  expect(outcomes['refused']).toBeGreaterThanOrEqual(3)
  expect(outcomes['refused']).toBeLessThanOrEqual(33)
  expect(windows.map(({ sent }) => sent)).toEqual([0])
  expect(ticks[0]!.failures.map(([, count]) => count)).toEqual([outcomes['refused']])
  server = await RawServer.start(() => {})
})

test('a certificate that nobody vouches for is refused on every connection, unless it need not be checked', async () => {
  await counting()
  let answered = 0
  const secure = createTls(selfSigned('IP:127.0.0.1'), (_request, response) => {
    answered += 1
    response.end('ok')
  })
  await once(secure.listen(0, '127.0.0.1'), 'listening')
  const { port } = secure.address() as AddressInfo
  const target: Plan['target'] = { protocol: 'https', host: '127.0.0.1', port, basePath: '' }
  const outcomesWith = async (verify: boolean): Promise<Record<string, number>> => {
    const transport = { ...DEFAULT_TRANSPORT, tls: { ...DEFAULT_TRANSPORT.tls, verify } }
    const plan = closedPlan([rung(2, 0.5)], { target, transport })
    const drive = new WatchedClosedDrive(plan, { kind: 'tcp', host: '127.0.0.1', port })
    return (await drive.done()).outcomes
  }
  expect(Object.keys(await outcomesWith(true))).toEqual(['tls'])
  expect(answered).toBe(0)
  expect(await outcomesWith(false)).toEqual({ 200: answered })
  expect(answered).toBeGreaterThan(10)
  secure.closeAllConnections()
  secure.close()
})

describe('the end', () => {
  const slowly = ({ socket }: RawRequest): void => after(500, () => socket.write(OK))

  test('awaits what is under way: late answers count in their window, and in the drain', async () => {
    server = await RawServer.start(slowly)
    const { outcomes, ends } = await run(closedPlan([rung(2, 0.9)]))
    // Sent at 0 and 500 ms, on each of two connections; the second answers come after the end.
    expect(outcomes).toEqual({ 200: 4 })
    expect(ends).toEqual([{ answered: 2, good: 2, ended: 2 }])
  })

  test('drained before its time: the last window is as long as the trial was', async () => {
    server = await RawServer.start(slowly)
    const watched = new WatchedClosedDrive(closedPlan([rung(2, 60)]), server.address)
    await sleep(300)
    watched.drive.drain()
    const { outcomes, windows } = await watched.done()
    expect(outcomes).toEqual({ 200: server.requests })
    expect(windows).toHaveLength(1)
    expect(windows[0]!.to).toBeLessThan(1e9)
  })

  test('abandoned: what is under way counts as that', async () => {
    server = await RawServer.start(() => {})
    const watched = new WatchedClosedDrive(closedPlan([rung(2, 60)]), server.address)
    await sleep(300)
    watched.drive.abandon()
    const { outcomes } = await watched.done()
    expect(outcomes).toEqual({ abandoned: 2 })
  })
})
