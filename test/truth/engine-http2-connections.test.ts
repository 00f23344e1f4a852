import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import type { EngineOptions } from '../../src/http/load-engine.ts'
import { DEFAULT_TRANSPORT } from '../../src/plan/transport.ts'
import { RawHttp2Server, data, goaway, head200, mostStreams, ok } from '../support/raw-http2-server.ts'
import type { RawStream } from '../support/raw-http2-server.ts'
import { WatchedEngine, template, until } from '../support/watched-engine.ts'

const transport = { ...DEFAULT_TRANSPORT, protocol: 'h2' } as const
const answerOk = ({ socket, id }: RawStream): unknown => socket.write(ok(id))
const HTTP_1 = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'

let server: RawHttp2Server
let watched: WatchedEngine

async function watch(
  answer: (stream: RawStream) => unknown,
  options: Partial<EngineOptions> = {},
  ...greet: Parameters<typeof RawHttp2Server.start> extends [unknown, ...infer Rest] ? Rest : never
): Promise<void> {
  server = await RawHttp2Server.start(answer, ...greet)
  watched = new WatchedEngine({ address: server.address, transport, ...options })
}

afterEach(async () => {
  watched.stop()
  await server.stop()
})

/** The first request is answered by `answer`, later ones in order. */
const first =
  (answer: (stream: RawStream) => unknown) =>
  (stream: RawStream): unknown =>
    stream.number === 0 ? answer(stream) : answerOk(stream)

const part = (id: number): Buffer => Buffer.concat([head200(id), data(id, 'part')])

describe('a connection on which requests time out', () => {
  const requests = [template(150)]

  test('is given up when it does not answer PING for a second either', async () => {
    await watch(
      first(({ socket }) => server.frozen.add(socket)),
      { requests },
    )
    for (let i = 0; i < 40 && !('200' in watched.tally); i += 1) await watched.oneByOne(1)
    expect(watched.tally).toMatchObject({ '200': 1 })
    expect(server.connections).toBe(2)
  })

  test('is kept as long as it answers PING', async () => {
    await watch(({ socket, id, number }) => number === 10 && socket.write(ok(id)), { requests })
    await watched.oneByOne(11)
    expect(watched.tally).toEqual({ 'timed-out': 10, '200': 1 })
    expect(server.connections).toBe(1)
  })
})

describe('a connection that the server closes', () => {
  test.each<readonly [string, string, (stream: RawStream) => unknown]>([
    ['after the request', 'closed-early', ({ socket }) => socket.end()],
    ['in the middle of the body', 'closed-early', ({ socket, id }) => socket.end(part(id))],
    [
      'by a reset in the middle of the body',
      'reset',
      ({ socket, id }) => socket.write(part(id), () => setTimeout(() => socket.resetAndDestroy(), 20)),
    ],
  ])('%s ends all its requests as %s; later ones get another', async (_, outcome, answer) => {
    await watch(stream => stream.number === 4 && answer(stream))
    for (let i = 0; i < 5; i += 1) watched.start()
    await watched.allEnded()
    expect(watched.tally).toEqual({ [outcome]: 5 })
    watched.start()
    await until(() => server.requests === 6)
    expect(server.connections).toBe(2)
  })

  test('while it is idle costs no request', async () => {
    await watch(({ socket, id }) => socket.write(ok(id), () => setTimeout(() => socket.end(), 5)))
    for (let i = 1; i <= 4; i += 1) {
      await watched.oneByOne(1)
      await until(() => watched.engine.connectionsOpen === 0)
    }
    expect(watched.tally).toEqual({ '200': 4 })
    expect(server.connections).toBe(4)
  })
})

describe('GOAWAY', () => {
  test('lets what is under way finish and the rest go elsewhere; then the connection is closed', async () => {
    await watch(({ socket, id, number }) => {
      if (number > 2) socket.write(ok(id))
      if (number !== 2) return
      // Streams have the numbers 1, 3, 5 …: the third request is above the last stream.
      socket.write(goaway(3, 0))
      setTimeout(() => socket.write(Buffer.concat([ok(1), ok(3)])), 20)
    })
    for (let i = 0; i < 3; i += 1) watched.start()
    await watched.allEnded()
    // The third one came after the server had taken leave, and was carried by the next connection.
    expect(watched.tally).toEqual({ '200': 3 })
    expect(watched.latenesses).toHaveLength(3)
    await watched.oneByOne(2)
    expect(watched.tally).toEqual({ '200': 5 })
    expect(server.connections).toBe(2)
    await until(() => server.open.size === 1)
    expect(watched.engine.connectionsOpen).toBe(1)
  })

  test('that leaves out the same request twice in a row has refused it', async () => {
    await watch(({ socket }) => socket.write(goaway(0, 0)))
    await watched.oneByOne(1)
    expect(watched.tally).toEqual({ refused: 1 })
    expect(server.connections).toBe(2)
  })

  test('with no room for another connection: the request waits until its deadline, never sent on', async () => {
    await watch(
      ({ socket, id, number }) => {
        if (number === 1) socket.write(goaway(id - 2, 0))
      },
      { maxConnections: 1, requests: [template(150)] },
    )
    watched.start()
    watched.start()
    await watched.allEnded()
    expect(watched.tally).toMatchObject({ 'timed-out': 1 })
  })

  test('with an error says which: processed streams are reset, the others refused', async () => {
    await watch(({ socket, number }) => number === 2 && socket.write(goaway(3, 11)))
    for (let i = 0; i < 3; i += 1) watched.start()
    await watched.allEnded()
    expect(watched.tally).toEqual({ refused: 1, reset: 2 })
    expect(watched.samples.map(({ text }) => text)).toEqual([
      expect.stringContaining('GOAWAY with NGHTTP2_ENHANCE_YOUR_CALM'),
      expect.stringContaining('GOAWAY with NGHTTP2_ENHANCE_YOUR_CALM'),
    ])
  })

  test('on an idle connection costs no request', async () => {
    await watch(({ socket, id }) => socket.write(Buffer.concat([ok(id), goaway(id, 0)])))
    await watched.oneByOne(4)
    expect(watched.tally).toEqual({ '200': 4 })
    expect(server.connections).toBe(4)
    await until(() => server.open.size === 0)
  })
})

describe('the beginning of a connection', () => {
  test.each<readonly [string, readonly string[], RegExp, (socket: RawStream['socket']) => unknown]>([
    ['garbage', ['invalid-response'], /does not answer in HTTP\/2/, socket => socket.write('x'.repeat(50))],
    ['HTTP/1.1', ['invalid-response'], /does not answer in HTTP\/2/, socket => socket.end(HTTP_1)],
    ['the end', ['closed-early'], /before HTTP\/2 could begin/, socket => socket.end()],
    // Which of both it looks like depends on whether this side was just writing.
    ['a reset', ['reset', 'closed-early'], /reset|before/i, s => setTimeout(() => s.resetAndDestroy(), 20)],
  ])('that is %s fails as %j', async (_, outcomes, sample, greet) => {
    await watch(answerOk, {}, greet)
    await watched.oneByOne(2)
    expect(outcomes).toEqual(expect.arrayContaining(Object.keys(watched.tally)))
    expect(watched.samples[0]!.text).toMatch(sample)
    await until(() => watched.engine.connectionsOpen === 0)
  })

  test('that is silence times out, with no more handshakes under way than allowed', async () => {
    const options = { requests: [template(150)], maxConnecting: 2, transport: { ...transport, streams: 1 } }
    await watch(answerOk, options, () => {})
    for (let i = 0; i < 5; i += 1) watched.start()
    expect(watched.engine.connectionsOpen).toBe(2)
    await watched.allEnded()
    expect(watched.tally).toEqual({ 'timed-out': 5 })
    await until(() => watched.engine.connectionsOpen === 0)
  })

  test('that nobody answers refuses all requests it was to carry', async () => {
    const unused = createServer().listen(0, '127.0.0.1')
    await once(unused, 'listening')
    const { port } = unused.address() as AddressInfo
    unused.close()
    await once(unused, 'close')
    await watch(answerOk, { address: { kind: 'tcp', host: '127.0.0.1', port } })
    for (let i = 0; i < 10; i += 1) watched.start()
    await watched.allEnded()
    expect(watched.tally).toEqual({ refused: 10 })
  })
})

describe('the number of streams that the server allows', () => {
  test('is kept to when it changes', async () => {
    const open: RawStream[] = []
    await watch(
      stream => open.push(stream),
      { maxConnections: 1 },
      socket => socket.write(mostStreams(1)),
    )
    for (let i = 0; i < 12; i += 1) watched.start()
    await until(() => open.length === 1)
    const { socket } = open[0]!
    socket.write(mostStreams(5))
    await until(() => open.length === 5)
    socket.write(Buffer.concat([mostStreams(2), ...open.splice(0).map(({ id }) => ok(id))]))
    await until(() => open.length === 2)
    await sleep(30)
    expect([open.length, watched.ended.length]).toEqual([2, 5])
  })
})
