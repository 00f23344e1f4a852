import { once } from 'node:events'
import { createServer } from 'node:http2'
import type { Http2Server, ServerHttp2Stream, SessionOptions } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Address } from '../../src/http/address.ts'
import type { EngineOptions } from '../../src/http/load-engine.ts'
import { DEFAULT_TRANSPORT } from '../../src/plan/transport.ts'
import { WatchedEngine, template, until } from '../support/watched-engine.ts'

type Answer = (stream: ServerHttp2Stream, path: string) => void

const h2 = (streams = 100): Pick<EngineOptions, 'transport'> => ({
  transport: { ...DEFAULT_TRANSPORT, protocol: 'h2', streams },
})

let server: Http2Server
let watched: WatchedEngine
/** Streams by session, in the order in which they were opened. */
let carried: number[]
let held: ServerHttp2Stream[]

const hold: Answer = stream => held.push(stream)
const ok: Answer = stream => {
  stream.respond({ ':status': 200 })
  stream.end('ok')
}
const release = (stream: ServerHttp2Stream): void => ok(stream, '/')

async function serve(
  answer: Answer,
  settings: SessionOptions['settings'] = {},
  path?: string,
): Promise<Address> {
  carried = []
  held = []
  // Its own bound on memory, ten megabytes, must not be what is measured.
  server = createServer({ settings, maxSessionMemory: 1000 })
  server.on('session', session => {
    const place = carried.push(0) - 1
    session.on('error', () => {})
    session.on('stream', (stream, headers) => {
      carried[place]! += 1
      stream.on('error', () => {})
      answer(stream, headers[':path']!)
    })
  })
  server.listen(path === undefined ? { host: '127.0.0.1', port: 0 } : { path })
  await once(server, 'listening')
  const bound = server.address() as AddressInfo | string
  if (typeof bound === 'string') return { kind: 'unix', path: bound }
  return { kind: 'tcp', host: bound.address, port: bound.port }
}

function watch(address: Address, options: Partial<EngineOptions> = {}): WatchedEngine {
  watched = new WatchedEngine({ address, ...h2(), ...options })
  return watched
}

const start = (count: number): void => {
  for (let i = 0; i < count; i += 1) watched.start()
}

afterEach(async () => {
  watched.stop()
  server.close()
  await once(server, 'close')
})

describe('one connection', () => {
  test('carries one request after the other', async () => {
    await watch(await serve(ok)).oneByOne(200)
    expect(watched.tally).toEqual({ '200': 200 })
    expect(carried).toEqual([200])
    expect(watched.engine.connectionsOpen).toBe(1)
    expect([watched.engine.takeOpened(), watched.engine.takeOpened()]).toEqual([1, 0])
    expect(watched.handshakes).toEqual([{ connectNs: expect.any(Number), tlsNs: -1, resumed: false }])
    expect(watched.latenesses).toHaveLength(200)
  })

  test('carries a hundred requests at once', async () => {
    watch(await serve(hold))
    start(100)
    await until(() => held.length === 100)
    expect(carried).toEqual([100])
    held.forEach(release)
    await watched.allEnded()
    expect(watched.tally).toEqual({ '200': 100 })
  })

  test('carries on when each end starts the next request', async () => {
    watch(await serve(ok), h2(4))
    const end = watched.end.bind(watched)
    watched.end = (...ended) => {
      end(...ended)
      if (watched.starts < 50) watched.start()
    }
    start(4)
    await until(() => watched.ended.length === 50)
    expect(carried).toEqual([50])
  })

  test('is there before the first request when the engine was warmed', async () => {
    watch(await serve(ok)).engine.warm()
    await until(() => watched.handshakes.length === 1)
    await watched.oneByOne(1)
    expect(carried).toEqual([1])
  })

  test('may be a unix socket', async () => {
    const path = join(tmpdir(), `plimsoll-h2-${process.pid}.sock`)
    await watch(await serve(ok, {}, path)).oneByOne(3)
    expect(watched.tally).toEqual({ '200': 3 })
  })
})

describe('an answer', () => {
  const answers: Readonly<Record<string, Answer>> = {
    '/empty': stream => stream.respond({ ':status': 200 }, { endStream: true }),
    '/204': stream => stream.respond({ ':status': 204 }, { endStream: true }),
    '/304': stream => stream.respond({ ':status': 304, 'content-length': 1000 }, { endStream: true }),
    '/head': stream => stream.respond({ ':status': 200, 'content-length': 1000 }, { endStream: true }),
    '/502': stream => {
      stream.respond({ ':status': 502 })
      stream.end('bad')
    },
    '/hints': stream => {
      stream.additionalHeaders({ ':status': 103 })
      ok(stream, '/')
    },
    '/trailers': stream => {
      stream.respond({ ':status': 200 }, { waitForTrailers: true })
      stream.on('wantTrailers', () => stream.sendTrailers({ checksum: 'x' }))
      stream.end('ok')
    },
    '/echo': stream => {
      stream.respond({ ':status': 200 })
      stream.pipe(stream)
    },
  }
  const body = 'x'.repeat(100_000)

  test.each([
    ['GET', '/empty', 200, 0],
    ['GET', '/204', 204, 0],
    ['GET', '/304', 304, 0],
    ['HEAD', '/head', 200, 0],
    ['GET', '/502', 502, 3],
    ['GET', '/hints', 200, 2],
    ['GET', '/trailers', 200, 2],
    ['POST', '/echo', 200, body.length],
  ])('to %s %s is %i with %i bytes', async (method, path, status, bytes) => {
    const request = template(5000, { method, path, ...(method === 'POST' && { body }) })
    const address = await serve((stream, asked) => answers[asked]!(stream, asked))
    await watch(address, { requests: [request] }).oneByOne(3)
    expect(watched.ended.map(({ code, bytesRead }) => [code, bytesRead])).toEqual(
      Array.from({ length: 3 }, () => [status, bytes]),
    )
    for (const { sentAt, firstByteAt, endedAt } of watched.ended) {
      expect(firstByteAt).toBeGreaterThan(sentAt)
      expect(endedAt).toBeGreaterThanOrEqual(firstByteAt)
    }
    expect(carried).toEqual([3])
  })

  test('of 8 MiB on each of four streams is counted to the byte', async () => {
    watch(
      await serve(stream => {
        stream.respond({ ':status': 200 })
        stream.end(Buffer.alloc(8 << 20))
      }),
    )
    start(4)
    await watched.allEnded()
    expect(watched.ended.map(({ bytesRead }) => bytesRead)).toEqual([8 << 20, 8 << 20, 8 << 20, 8 << 20])
  })

  test('to a request that the server did not read to its end counts all the same', async () => {
    const upload = template(5000, { method: 'POST', body: 'x'.repeat(5_000_000) })
    watch(await serve(ok), { requests: [upload] })
    await watched.oneByOne(3)
    expect(watched.tally).toEqual({ '200': 3 })
    expect(carried).toEqual([3])
  })
})

describe('streams', () => {
  test('beyond those that the transport allows go to another connection', async () => {
    watch(await serve(hold), h2(10))
    start(35)
    await until(() => held.length === 35)
    expect(carried.toSorted((a, b) => b - a)).toEqual([10, 10, 10, 5])
  })

  test('beyond those that the server allows go to another connection', async () => {
    watch(await serve(hold, { maxConcurrentStreams: 3 }))
    start(7)
    await until(() => held.length === 7)
    expect(carried.toSorted((a, b) => b - a)).toEqual([3, 3, 1])
  })

  test('beyond those that all allowed connections carry wait in order, and are late until sent', async () => {
    watch(await serve(hold), { ...h2(2), maxConnections: 1 })
    start(6)
    await until(() => held.length === 2)
    expect(watched.latenesses).toHaveLength(2)
    for (let answered = 0; answered < 6; answered += 1) {
      release(held[answered]!)
      await until(() => watched.ended.length === answered + 1)
    }
    expect(watched.ended.map(({ window }) => window)).toEqual([0, 1, 2, 3, 4, 5])
    expect(watched.latenesses).toHaveLength(6)
    expect(carried).toEqual([6])
  })

  test('that never come free in time are never sent', async () => {
    const requests = [template(5000), template(100)]
    watch(await serve(hold), { ...h2(2), maxConnections: 1, requests })
    start(2)
    await until(() => held.length === 2)
    for (let i = 0; i < 3; i += 1) watched.start(1)
    await until(() => watched.ended.length === 3)
    expect(watched.tally).toEqual({ 'no-free-connection': 3 })
    held.forEach(release)
    await watched.allEnded()
    expect(watched.tally).toEqual({ 'no-free-connection': 3, '200': 2 })
  })
})

describe('a deadline', () => {
  test('ends the request, not its connection', async () => {
    const requests = [template(50, { path: '/hold' }), template(5000, { path: '/ok' })]
    watch(await serve((stream, path) => (path === '/hold' ? hold : ok)(stream, path)), { requests })
    for (let i = 0; i < 20; i += 1) watched.start(0)
    await watched.allEnded()
    watched.start(1)
    await watched.allEnded()
    expect(watched.tally).toEqual({ 'timed-out': 20, '200': 1 })
    expect(carried).toEqual([21])
    // The server is told that it need not go on: CANCEL (RFC 9113 §7).
    await until(() => held.every(({ rstCode }) => rstCode === 8))
  })

  test('in the middle of a download gives the flow-control window back', async () => {
    const requests = [template(300, { path: '/part' }), template(5000, { path: '/whole' })]
    const address = await serve((stream, path) => {
      stream.respond({ ':status': 200 })
      if (path === '/part') stream.write(Buffer.alloc(900_000))
      else stream.end(Buffer.alloc(8 << 20))
    })
    watch(address, { requests })
    // 40 × 0.9 MB is more than twice the connection's window of 16 MiB.
    for (let i = 0; i < 40; i += 1) watched.start(0)
    await watched.allEnded()
    watched.start(1)
    await watched.allEnded()
    expect(watched.tally).toEqual({ 'timed-out': 40, '200': 1 })
    expect(carried).toEqual([41])
  })
})

describe('closing the engine', () => {
  test('ends what is under way and what waits, each in its own way', async () => {
    watch(await serve(hold), { ...h2(2), maxConnections: 1 })
    start(5)
    await until(() => held.length === 2)
    watched.engine.close()
    watched.start()
    expect(watched.tally).toEqual({ abandoned: 2, 'trial-ended': 4 })
    expect(watched.engine.connectionsOpen).toBe(0)
  })
})
