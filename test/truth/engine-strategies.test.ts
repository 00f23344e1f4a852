import type { AddressInfo } from 'node:net'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createServer as createTls } from 'node:tls'
import type { Server as TlsServer, TlsOptions } from 'node:tls'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { checkReachable } from '../../src/http/preflight.ts'
import type { EngineOptions } from '../../src/http/load-engine.ts'
import type { TlsMaterial } from '../../src/http/tls-material.ts'
import { DEFAULT_TRANSPORT } from '../../src/plan/transport.ts'
import type { ConnectionStrategy } from '../../src/plan/transport.ts'
import { RawServer } from '../support/raw-server.ts'
import { WatchedEngine, until } from '../support/watched-engine.ts'

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
const CLOSING = 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok'
const asked = (head: string): boolean => /^connection: close$/im.test(head)

const withStrategy = (strategy: ConnectionStrategy): Pick<EngineOptions, 'transport'> => ({
  transport: { ...DEFAULT_TRANSPORT, strategy },
})

describe('connection strategies', () => {
  let server: RawServer
  let watched: WatchedEngine
  const heads: string[] = []

  beforeEach(async () => {
    heads.length = 0
    server = await RawServer.start(({ socket, head }) => {
      heads.push(head)
      if (asked(head)) socket.end(CLOSING)
      else socket.write(OK)
    })
  })

  afterEach(async () => {
    watched.stop()
    await server.stop()
  })

  function watch(strategy: ConnectionStrategy, options: Partial<EngineOptions> = {}): WatchedEngine {
    watched = new WatchedEngine({ address: server.address, ...withStrategy(strategy), ...options })
    return watched
  }

  test('per request: as many connections as requests, each of which says that it is the last', async () => {
    await watch({ kind: 'per-request' }).oneByOne(30)
    expect(watched.tally).toEqual({ '200': 30 })
    expect(server.connections).toBe(30)
    expect(heads.every(asked)).toBe(true)
    expect(watched.handshakes).toHaveLength(30)
  })

  test('per request, one connection allowed: one after the other, none is left out', async () => {
    watch({ kind: 'per-request' }, { maxConnections: 1 })
    for (let i = 0; i < 20; i += 1) watched.start()
    await watched.allEnded()
    expect(watched.tally).toEqual({ '200': 20 })
    expect(server.connections).toBe(20)
  })

  test('per request against a server that leaves the connection open: it is closed from this side', async () => {
    await server.stop()
    server = await RawServer.start(({ socket }) => socket.write(OK))
    await watch({ kind: 'per-request' }).oneByOne(5)
    expect(server.connections).toBe(5)
    await until(() => server.open.size === 0)
  })

  test('at most 4 requests a connection: 10 requests take 3, and only the 4th on each says it is the last', async () => {
    await watch({ kind: 'max-requests', requests: 4 }).oneByOne(10)
    expect(watched.tally).toEqual({ '200': 10 })
    expect(server.connections).toBe(3)
    expect(heads.map(asked)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(n => n % 4 === 0))
  })

  test('3 users: requests go to them in turn, each on a connection of its own', async () => {
    const byConnection = new Map<unknown, number[]>()
    await server.stop()
    server = await RawServer.start(({ socket, number }) => {
      byConnection.set(socket, [...(byConnection.get(socket) ?? []), number])
      socket.write(OK)
    })
    await watch({ kind: 'per-user', users: 3 }).oneByOne(9)
    expect([...byConnection.values()]).toEqual([
      [0, 3, 6],
      [1, 4, 7],
      [2, 5, 8],
    ])
  })

  test("a user whose connection is busy opens another, and does not take another user's", async () => {
    await server.stop()
    let release = (): void => undefined
    server = await RawServer.start(({ socket, number }) => {
      if (number === 0) release = (): void => void socket.write(OK)
      else socket.write(OK)
    })
    watch({ kind: 'per-user', users: 2 })
    watched.start()
    await until(() => server.requests === 1)
    watched.start()
    await until(() => watched.ended.length === 1)
    // The first user again: busy, so a third connection, though the second user's is free.
    watched.start()
    await until(() => watched.ended.length === 2)
    expect(server.connections).toBe(3)
    release()
    await watched.allEnded()
    expect(watched.tally).toEqual({ '200': 3 })
  })

  test('users that are held up by the limit of connections are served in turn when room comes free', async () => {
    await server.stop()
    server = await RawServer.start(({ socket }) => socket.end(CLOSING))
    watch({ kind: 'per-user', users: 10 }, { maxConnections: 2 })
    for (let i = 0; i < 10; i += 1) watched.start()
    await watched.allEnded()
    expect(watched.tally).toEqual({ '200': 10 })
  })

  test('an engine that was warmed carries its first request on the connection that it had', async () => {
    watch({ kind: 'keep-alive' })
    watched.engine.warm()
    await until(() => server.connections === 1)
    await until(() => watched.handshakes.length === 1)
    await watched.oneByOne(3)
    expect(server.connections).toBe(1)
  })

  test('a request that is due while the warm connection is still opening waits for that one', async () => {
    watch({ kind: 'keep-alive' })
    watched.engine.warm()
    watched.start()
    await watched.allEnded()
    expect(server.connections).toBe(1)
  })
})

describe('TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-tls-'))
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  let server: TlsServer
  let handshakes: { readonly resumed: boolean; readonly servername: string | false }[] = []
  let watched: WatchedEngine | undefined

  beforeAll(() => {
    const make = (name: string, subject: string): void => {
      const words = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=${subject}`
      const names = subject === 'client' ? [] : ['-addext', `subjectAltName=DNS:${subject},IP:127.0.0.1`]
      const files = ['-keyout', `${name}.key`, '-out', `${name}.pem`]
      execFileSync('openssl', [...words.split(' '), ...names, ...files], { cwd: folder, stdio: 'ignore' })
    }
    make('server', 'shop.test')
    make('client', 'client')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  afterEach(() => {
    watched?.stop()
    watched = undefined
    server.close()
  })

  async function serve(
    options: TlsOptions = {},
  ): Promise<Extract<EngineOptions['address'], { kind: 'tcp' }>> {
    handshakes = []
    server = createTls({ key: read('server.key'), cert: read('server.pem'), ...options }, socket => {
      handshakes.push({
        resumed: socket.isSessionReused(),
        servername: (socket as { servername?: string | false }).servername ?? false,
      })
      socket.on('error', () => {})
      socket.setEncoding('latin1').on('data', (text: string) => {
        if (asked(text)) socket.end(CLOSING)
        else socket.write(OK)
      })
    })
    server.on('tlsClientError', () => {})
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return { kind: 'tcp', host: '127.0.0.1', port: (server.address() as AddressInfo).port }
  }

  const material = (more: Partial<TlsMaterial> = {}): TlsMaterial => ({
    ca: [read('server.pem')],
    verify: true,
    serverName: 'shop.test',
    resume: true,
    ...more,
  })

  function watch(
    address: EngineOptions['address'],
    tls: TlsMaterial,
    kind: 'keep-alive' | 'per-request' = 'keep-alive',
  ): WatchedEngine {
    watched = new WatchedEngine({ address, tls, ...withStrategy({ kind }) })
    return watched
  }

  test('with the right authority: answered, the name told, TCP and TLS timed apart', async () => {
    const engine = watch(await serve(), material())
    await engine.oneByOne(20)
    expect(engine.tally).toEqual({ '200': 20 })
    expect(handshakes).toEqual([{ resumed: false, servername: 'shop.test' }])
    expect(engine.handshakes).toHaveLength(1)
    expect(engine.handshakes[0]!.connectNs).toBeGreaterThan(0)
    expect(engine.handshakes[0]!.tlsNs).toBeGreaterThan(0)
  })

  test('nobody vouches for it: failed, tls; with verify off: answered', async () => {
    const address = await serve()
    await watch(address, material({ ca: [] })).oneByOne(3)
    expect(watched!.tally).toEqual({ tls: 3 })
    watched!.stop()
    await watch(address, material({ ca: [], verify: false })).oneByOne(3)
    expect(watched!.tally).toEqual({ '200': 3 })
  })

  test('another name than the certificate has: failed, tls', async () => {
    await watch(await serve(), material({ serverName: 'other.test' })).oneByOne(2)
    expect(watched!.tally).toEqual({ tls: 2 })
  })

  test('an address is checked against the certificate, and is no name for SNI', async () => {
    await watch(await serve(), material({ serverName: '127.0.0.1' })).oneByOne(2)
    expect(watched!.tally).toEqual({ '200': 2 })
    expect(handshakes).toEqual([{ resumed: false, servername: false }])
    watched!.stop()
    await watch(await serve(), material({ serverName: '127.0.0.2' })).oneByOne(2)
    expect(watched!.tally).toEqual({ tls: 2 })
  })

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('%s sessions are resumed, unless that is off', async version => {
    const address = await serve({ minVersion: version, maxVersion: version })
    for (const resume of [true, false]) {
      handshakes = []
      const engine = watch(address, material({ resume }), 'per-request')
      await engine.oneByOne(6)
      expect(engine.tally).toEqual({ '200': 6 })
      const expected = [false, ...Array.from({ length: 5 }, () => resume)]
      expect(handshakes.map(({ resumed }) => resumed)).toEqual(expected)
      expect(engine.handshakes.map(({ resumed }) => resumed)).toEqual(expected)
      engine.stop()
    }
    watched = undefined
  })

  test("a server that wants the client's certificate gets it; without one the request fails", async () => {
    const address = await serve({ requestCert: true, rejectUnauthorized: true, ca: read('client.pem') })
    await watch(address, material({ cert: read('client.pem'), key: read('client.key') })).oneByOne(3)
    expect(watched!.tally).toEqual({ '200': 3 })
    watched!.stop()
    await watch(address, material()).oneByOne(2)
    expect(Object.keys(watched!.tally)).toEqual(['tls'])
  })

  test('a server whose protocols are others: failed, tls', async () => {
    await watch(await serve({ ALPNProtocols: ['h2'] }), material()).oneByOne(2)
    expect(watched!.tally).toEqual({ tls: 2 })
  })

  test('the preflight refuses a certificate that nobody vouches for, and says what to do', async () => {
    const { port } = await serve()
    const target = { protocol: 'https', host: '127.0.0.1', port, basePath: '' } as const
    const refused = await checkReachable(target, DEFAULT_TRANSPORT, 5000)
    expect(refused).toMatchObject({ ok: false, cause: 'tls' })
    expect((refused as { reason: string }).reason).toMatch(
      /DEPTH_ZERO_SELF_SIGNED_CERT.*--ca FILE.*--insecure/,
    )
    const ca = { ...DEFAULT_TRANSPORT, tls: { ca: [join(folder, 'server.pem')], verify: true, resume: true } }
    expect(await checkReachable(target, ca, 5000)).toMatchObject({ ok: true })
    const anything = { ...DEFAULT_TRANSPORT, tls: { ca: [], verify: false, resume: true } }
    expect(await checkReachable(target, anything, 5000)).toMatchObject({ ok: true })
    const http2 = await checkReachable(target, { ...anything, protocol: 'h2' }, 5000)
    expect((http2 as { reason: string }).reason).toMatch(/speaks no HTTP\/2/)
    const missing = await checkReachable(
      target,
      { ...DEFAULT_TRANSPORT, tls: { ca: [join(folder, 'no-such.pem')], verify: true, resume: true } },
      5000,
    )
    expect((missing as { reason: string }).reason).toMatch(/no-such\.pem/)
  })
})

test('100 000 connections, one for each request, are opened and closed; none is left', async () => {
  const server = await RawServer.start(({ socket }) => socket.end(CLOSING))
  const watched = new WatchedEngine({ address: server.address, ...withStrategy({ kind: 'per-request' }) })
  const total = 100_000
  const atOnce = 64
  while (watched.starts < total) {
    const room = Math.min(atOnce - (watched.starts - watched.ended.length), total - watched.starts)
    for (let i = 0; i < room; i += 1) watched.start()
    await sleep(0)
  }
  await watched.allEnded()
  expect(watched.tally).toEqual({ '200': total })
  expect(server.connections).toBe(total)
  expect(watched.handshakes).toHaveLength(total)
  watched.stop()
  await until(() => server.open.size === 0)
  await server.stop()
})
