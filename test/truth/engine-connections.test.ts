import { channel } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EngineOptions } from '../../src/http/load-engine.ts'
import { RawServer } from '../support/raw-server.ts'
import type { RawRequest } from '../support/raw-server.ts'
import { WatchedEngine, template, until } from '../support/watched-engine.ts'

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
const TLS = { ca: [], verify: true, serverName: 'localhost', resume: true }
const answer = ({ socket }: RawRequest): void => {
  socket.write(OK)
}

let server: RawServer
let watched: WatchedEngine

function watch(options: Partial<EngineOptions> = {}): WatchedEngine {
  watched = new WatchedEngine({ address: server.address, ...options })
  return watched
}

beforeEach(async () => {
  server = await RawServer.start(answer)
})

afterEach(async () => {
  watched.stop()
  await server.stop()
})

/** Replaces the server that answers every request. */
async function serve(...given: Parameters<typeof RawServer.start>): Promise<void> {
  await server.stop()
  server = await RawServer.start(...given)
}

/** A port of 127.0.0.1 on which nobody listens. */
async function deadPort(): Promise<number> {
  const closed = createServer().listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const { port } = closed.address() as AddressInfo
  closed.close()
  await once(closed, 'close')
  return port
}

describe('a connection is used again', () => {
  test('while answers come in order', async () => {
    await watch().oneByOne(200)
    expect(watched.tally).toEqual({ '200': 200 })
    expect([server.connections, server.requests]).toEqual([1, 200])
    expect(watched.engine.takeOpened()).toBe(1)
    expect(watched.engine.takeOpened()).toBe(0)
    expect(watched.engine.connectionsOpen).toBe(1)
  })

  test.each([
    ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n'],
    ['GET', 'HTTP/1.1 204 No Content\r\n\r\n'],
    ['GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 1000\r\n\r\n'],
    ['GET', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n'],
    ['GET', 'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n'],
  ])('after the answer to %s %j', async (method, text) => {
    await serve(({ socket }) => socket.write(text))
    await watch({ requests: [template(5000, { method })] }).oneByOne(20)
    expect(watched.ended.map(({ code }) => code)).toEqual(
      Array.from({ length: 20 }, () => Number(text.slice(9, 12))),
    )
    expect(server.connections).toBe(1)
  })
})

describe('a connection is not used again', () => {
  test.each([
    ['when the server says so', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok'],
    ['when it speaks HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok'],
    ['when it sent more than the answer', `${OK}!`],
  ])('%s', async (_, text) => {
    await serve(({ socket }) => socket.write(text))
    await watch().oneByOne(20)
    expect(watched.tally).toEqual({ '200': 20 })
    expect(server.connections).toBe(20)
    expect(watched.engine.connectionsOpen).toBe(0)
  })

  test('when the server closed it while it was idle', async () => {
    await serve(({ socket }) => socket.end(OK))
    watch()
    for (let i = 0; i < 5; i += 1) {
      await watched.oneByOne(1)
      await until(() => watched.engine.connectionsOpen === 0)
    }
    expect(watched.tally).toEqual({ '200': 5 })
    expect(server.connections).toBe(5)
  })

  test('when the server reset it while it was idle', async () => {
    await serve(({ socket }) => socket.write(OK, () => setTimeout(() => socket.resetAndDestroy(), 5)))
    watch()
    for (let i = 0; i < 5; i += 1) {
      await watched.oneByOne(1)
      await until(() => watched.engine.connectionsOpen === 0)
    }
    expect(watched.tally).toEqual({ '200': 5 })
  })

  test('when bytes came that nobody asked for', async () => {
    await serve(({ socket, number }) => {
      socket.write(OK)
      if (number === 0) setTimeout(() => socket.write('HTTP/1.1 408 Request Timeout\r\n\r\n'), 20)
    })
    await watch().oneByOne(1)
    await until(() => watched.engine.connectionsOpen === 0)
    await watched.oneByOne(10)
    expect(watched.tally).toEqual({ '200': 11 })
    expect(server.connections).toBe(2)
  })
})

describe('every kind of address', () => {
  test('a unix socket', async () => {
    await serve(answer, { listen: { path: join(tmpdir(), `plimsoll-${process.pid}.sock`) } })
    await watch().oneByOne(5)
    expect(watched.tally).toEqual({ '200': 5 })
    expect(server.connections).toBe(1)
  })

  const hasIpv6 = Object.values(networkInterfaces())
    .flat()
    .some(network => network?.address === '::1')
  test.skipIf(!hasIpv6)('IPv6', async () => {
    await serve(answer, { listen: { host: '::1', port: 0 } })
    await watch().oneByOne(5)
    expect(watched.tally).toEqual({ '200': 5 })
  })

  test('a port on which nobody listens: refused, never sent on', async () => {
    watch({ address: { kind: 'tcp', host: '127.0.0.1', port: await deadPort() }, maxConnecting: 4 })
    for (let i = 0; i < 50; i += 1) watched.start()
    await watched.allEnded()
    expect(watched.tally).toEqual({ refused: 50 })
    expect(watched.ended.every(({ sentAt }) => sentAt < 0)).toBe(true)
    expect(watched.engine.connectionsOpen).toBe(0)
    expect(watched.engine.takeOpened()).toBe(0)
    expect(watched.samples).toHaveLength(1)
    expect(watched.samples[0]!.text).toContain('ECONNREFUSED')
  })

  test('a unix socket that is not there: refused', async () => {
    watch({ address: { kind: 'unix', path: join(tmpdir(), 'plimsoll-nobody.sock') } })
    for (let i = 0; i < 5; i += 1) watched.start()
    await watched.allEnded()
    expect(watched.tally).toEqual({ refused: 5 })
  })

  test('a server that does not speak TLS: failed, tls', async () => {
    await serve(() => {}, { accept: socket => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n') })
    const { port } = server.address as { port: number }
    watch({ address: { kind: 'tcp', host: '127.0.0.1', port }, tls: TLS })
    for (let i = 0; i < 5; i += 1) watched.start()
    await watched.allEnded()
    expect(watched.tally).toEqual({ tls: 5 })
  })

  test('a TLS server that never answers the handshake: timed out, not sent', async () => {
    const { port } = server.address as { port: number }
    watch({ address: { kind: 'tcp', host: '127.0.0.1', port }, tls: TLS, requests: [template(100)] })
    for (let i = 0; i < 5; i += 1) watched.start()
    await watched.allEnded()
    expect(watched.tally).toEqual({ 'timed-out': 5 })
    expect(watched.ended.every(({ sentAt }) => sentAt < 0)).toBe(true)
  })
})

test('a server that recovers is found again', async () => {
  const { port } = server.address as { port: number }
  await watch().oneByOne(3)
  await server.stop()
  await until(() => watched.engine.connectionsOpen === 0)
  await watched.oneByOne(3)
  server = await RawServer.start(answer, { listen: { host: '127.0.0.1', port } })
  await watched.oneByOne(3)
  expect(watched.tally).toEqual({ '200': 6, refused: 3 })
})

describe('as many connections as allowed', () => {
  test('carry two; whoever waits for a third until its deadline was never sent', async () => {
    await serve(() => {})
    watch({ maxConnections: 2, requests: [template(150)] })
    for (let i = 0; i < 5; i += 1) watched.start()
    await watched.allEnded()
    expect(watched.tally).toEqual({ 'timed-out': 2, 'no-free-connection': 3 })
    expect(server.connections).toBe(2)
    // All that were allowed waited for answers: that is the target's slowness and not counted as the generator's lateness.
    expect(watched.latenesses).toHaveLength(2)
  })

  test('are taken in turn by those that wait, in their order', async () => {
    await serve(({ socket }) => setTimeout(() => socket.write(OK), 5))
    watch({ maxConnections: 1 })
    for (let i = 0; i < 20; i += 1) watched.start()
    await watched.allEnded()
    expect(watched.tally).toEqual({ '200': 20 })
    expect(server.connections).toBe(1)
    expect(watched.ended.map(({ window }) => window)).toEqual(Array.from({ length: 20 }, (_, i) => i))
  })

  test('are opened anew for those that wait when the server closes them', async () => {
    await serve(({ socket }) => socket.end(OK.replace('\r\n', '\r\nConnection: close\r\n')))
    watch({ maxConnections: 3 })
    for (let i = 0; i < 60; i += 1) watched.start()
    await watched.allEnded()
    expect(watched.tally).toEqual({ '200': 60 })
    expect(server.connections).toBe(60)
  })
})

describe('a storm of 600 requests at once', () => {
  let connecting = 0
  let most = 0
  const created = ({ socket }: { readonly socket: Socket }): void => {
    connecting += 1
    most = Math.max(most, connecting)
    let settled = false
    const settle = (): void => {
      if (!settled) connecting -= 1
      settled = true
    }
    socket.once('connect', settle).once('error', settle).once('close', settle)
  }
  const clients = channel('net.client.socket')
  const listener = (message: unknown): void => created(message as { readonly socket: Socket })

  beforeEach(() => {
    connecting = 0
    most = 0
    clients.subscribe(listener)
  })
  afterEach(() => {
    clients.unsubscribe(listener)
  })

  test('never has more than 16 handshakes under way where 16 are allowed', async () => {
    await serve(({ socket }) => setTimeout(() => socket.write(OK), 50))
    watch({ maxConnecting: 16 })
    for (let i = 0; i < 600; i += 1) watched.start()
    await watched.allEnded()
    expect(watched.tally).toEqual({ '200': 600 })
    expect(most).toBe(16)
    expect(server.connections).toBeLessThanOrEqual(600)
    await until(() => watched.engine.connectionsOpen === server.connections)
  })

  test('nor when all are refused', async () => {
    watch({ maxConnecting: 16, address: { kind: 'tcp', host: '127.0.0.1', port: await deadPort() } })
    for (let i = 0; i < 600; i += 1) watched.start()
    await watched.allEnded()
    expect(watched.tally).toEqual({ refused: 600 })
    expect(most).toBe(16)
  })

  test('opens no connection on the way out, when it is given up', async () => {
    await serve(() => {})
    watch({ maxConnecting: 16, maxConnections: 20 })
    for (let i = 0; i < 600; i += 1) watched.start()
    await until(() => server.requests === 20)
    connecting = 0
    most = 0
    watched.engine.close()
    expect(watched.tally).toEqual({ abandoned: 20, 'trial-ended': 580 })
    expect(most).toBe(0)
    await until(() => server.open.size === 0)
  })
})

describe('after close', () => {
  test('nothing is open and every request has ended, also those that waited for their connection', async () => {
    await serve(() => {})
    watch()
    watched.start()
    await until(() => server.requests === 1)
    watched.start()
    watched.engine.close()
    expect(watched.tally).toEqual({ abandoned: 1, 'trial-ended': 1 })
    expect(watched.engine.connectionsOpen).toBe(0)
    await sleep(50)
    expect(server.requests).toBe(1)
    await until(() => server.open.size === 0)
  })

  test('a request that was due before and comes late ends at once, never sent', async () => {
    await watch().oneByOne(1)
    watched.engine.close()
    watched.start()
    expect(watched.tally).toEqual({ '200': 1, 'trial-ended': 1 })
    await sleep(50)
    expect([server.connections, server.requests]).toEqual([1, 1])
  })
})

test('each request has the deadline of its own template, also while it waits', async () => {
  await serve(() => {})
  watch({ requests: [template(400), template(100)], maxConnections: 1 })
  watched.start(0)
  watched.start(1)
  await until(() => watched.ended.length === 1)
  expect(watched.ended[0]!.request).toBe(1)
  expect((watched.ended[0]!.endedAt - watched.ended[0]!.intendedAt) / 1e6).toBeGreaterThanOrEqual(100)
  await watched.allEnded()
  expect(watched.tally).toEqual({ 'no-free-connection': 1, 'timed-out': 1 })
  expect((watched.ended[1]!.endedAt - watched.ended[1]!.intendedAt) / 1e6).toBeGreaterThanOrEqual(400)
})
