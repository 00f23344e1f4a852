import { setTimeout as sleep } from 'node:timers/promises'
import { array, assert as check, asyncProperty, constantFrom } from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import type { EngineOptions } from '../../src/http/load-engine.ts'
import { DEFAULT_TRANSPORT } from '../../src/plan/transport.ts'
import {
  RawHttp2Server,
  data,
  field,
  frame,
  goaway,
  head200,
  lastData,
  mostStreams,
  ok,
  reset,
} from '../support/raw-http2-server.ts'
import type { RawStream } from '../support/raw-http2-server.ts'
import { WatchedEngine, template } from '../support/watched-engine.ts'

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

type Deed = readonly [what: string, answer: (stream: RawStream) => unknown]
type Row = readonly [what: string, outcome: string, sample: RegExp, answer: (stream: RawStream) => unknown]

const GARBLED = Buffer.alloc(6, 0xff)
const sized = (id: number, length: string): Buffer =>
  Buffer.concat([head200(id, field('content-length', length)), lastData(id, 'part')])

const onTheStream: readonly Row[] = [
  ['REFUSED_STREAM', 'refused', /NGHTTP2_REFUSED_STREAM/, ({ socket, id }) => socket.write(reset(id, 7))],
  [
    'ENHANCE_YOUR_CALM',
    'reset',
    /NGHTTP2_ENHANCE_YOUR_CALM/,
    ({ socket, id }) => socket.write(reset(id, 11)),
  ],
  ['CANCEL', 'reset', /NGHTTP2_CANCEL/, ({ socket, id }) => socket.write(reset(id, 8))],
  [
    'INTERNAL_ERROR in the middle of the body',
    'reset',
    /NGHTTP2_INTERNAL_ERROR/,
    ({ socket, id }) => socket.write(Buffer.concat([head200(id), data(id, 'part'), reset(id, 2)])),
  ],
  [
    'CANCEL in the middle of the body',
    'reset',
    /NGHTTP2_CANCEL/,
    ({ socket, id }) => socket.write(Buffer.concat([head200(id), data(id, 'part'), reset(id, 8)])),
  ],
  [
    'NO_ERROR before any answer',
    'closed-early',
    /closed before/,
    ({ socket, id }) => socket.write(reset(id, 0)),
  ],
  [
    'NO_ERROR before the length that was given',
    'closed-early',
    /closed before/,
    ({ socket, id }) =>
      socket.write(
        Buffer.concat([head200(id, field('content-length', '10')), data(id, 'part'), reset(id, 0)]),
      ),
  ],
]

describe('a stream that the server ends with', () => {
  test.each(onTheStream)('%s is %s; the connection goes on', async (_, outcome, sample, answer) => {
    await watch(first(answer))
    await watched.oneByOne(3)
    expect(watched.tally).toEqual({ [outcome]: 1, '200': 2 })
    expect(watched.samples[0]!.text).toMatch(sample)
    expect(server.connections).toBe(1)
  })
})

const onItsStream: readonly Deed[] = [
  ['no status', ({ socket, id }) => socket.write(frame(1, 5, id))],
  ['status 101', ({ socket, id }) => socket.write(frame(1, 5, id, field(':status', '101')))],
  ['a header in upper case', ({ socket, id }) => socket.write(head200(id, field('Server', 'x')))],
  ['fewer bytes than content-length says', ({ socket, id }) => socket.write(sized(id, '10'))],
  ['more bytes than content-length says', ({ socket, id }) => socket.write(sized(id, '2'))],
]

const onItsConnection: readonly Deed[] = [
  ['headers that cannot be decompressed', ({ socket, id }) => socket.write(frame(1, 5, id, GARBLED))],
  ['a body before the headers', ({ socket, id }) => socket.write(lastData(id, 'body'))],
  ['a frame larger than allowed', ({ socket, id }) => socket.write(data(id, 'x'.repeat(70_000)))],
  ['HTTP/1.1', ({ socket }) => socket.write(HTTP_1)],
]

describe('an answer that breaks the rules of HTTP/2', () => {
  test.each(onItsStream)('with %s is an invalid response', async (_, answer) => {
    await watch(first(answer))
    await watched.oneByOne(3)
    expect(watched.tally).toEqual({ 'invalid-response': 1, '200': 2 })
    expect(watched.samples[0]!.text).toMatch(/protocol_?.error/i)
  })

  // Node 20 gives the session up without a word: there only the deadline ends the request.
  const outcome = Number(process.versions.node.split('.')[0]) < 22 ? 'timed-out' : 'invalid-response'

  test.each(onItsConnection)('with %s ends the session', async (_, answer) => {
    await watch(first(answer), { requests: [template(100)] })
    await watched.oneByOne(1)
    expect(watched.tally).toEqual({ [outcome]: 1 })
  })

  test('and the next requests get another connection', async () => {
    const answer = first(({ socket, id }) => socket.write(lastData(id, 'body')))
    await watch(answer, { requests: [template(100)] })
    for (let i = 0; i < 20 && !('200' in watched.tally); i += 1) await watched.oneByOne(1)
    expect(watched.tally).toMatchObject({ '200': 1 })
    expect(server.connections).toBe(2)
  })
})

test('requests that went well leave no RST_STREAM behind', async () => {
  const requests = [template(5000), template(5000, { method: 'POST', body: 'x'.repeat(1000) })]
  await watch(({ socket, id }) => setTimeout(() => socket.write(ok(id)), 5), { requests })
  for (let i = 0; i < 20; i += 1) watched.start(i % 2)
  await watched.allEnded()
  await watched.oneByOne(1)
  expect(watched.tally).toEqual({ '200': 21 })
  expect(server.resets).toEqual([])
})

test('a sample is the head and the start of the body', async () => {
  await watch(({ socket, id }) =>
    socket.write(Buffer.concat([head200(id, field('server', 'raw')), data(id, 'he'), lastData(id, 'llo')])),
  )
  await watched.oneByOne(2)
  expect(watched.samples).toEqual([{ code: 200, text: 'HTTP/2 200\r\nserver: raw\r\n\r\nhello' }])
})

test('whatever the server does, every request ends exactly once', async () => {
  const deeds = {
    ok: answerOk,
    silence: () => {},
    refuse: ({ socket, id }: RawStream) => socket.write(reset(id, 7)),
    part: ({ socket, id }: RawStream) => socket.write(Buffer.concat([head200(id), data(id, 'x')])),
    leave: ({ socket, id }: RawStream) => socket.write(Buffer.concat([ok(id), goaway(id, 0)])),
    scold: ({ socket, id }: RawStream) => socket.write(goaway(id, 11)),
    end: ({ socket }: RawStream) => socket.end(),
    destroy: ({ socket }: RawStream) => socket.destroy(),
    garble: ({ socket }: RawStream) => socket.write('x'.repeat(70_000)),
    limit: ({ socket, id, number }: RawStream) =>
      socket.write(Buffer.concat([mostStreams(number % 4), ok(id)])),
  }
  const names = Object.keys(deeds) as (keyof typeof deeds)[]
  await check(
    asyncProperty(array(constantFrom(...names), { minLength: 1, maxLength: 30 }), async list => {
      await watch(stream => deeds[list[stream.number % list.length]!](stream), {
        requests: [template(60)],
        maxConnections: 3,
        transport: { ...transport, streams: 4 },
      })
      for (let i = 0; i < 40; i += 1) {
        watched.start()
        if (i % 8 === 7) await sleep(5)
      }
      if (list.length % 2 === 0) await watched.allEnded()
      watched.stop()
      const ended = new Set(watched.ended.map(({ window }) => window))
      expect([watched.ended.length, ended.size]).toEqual([40, 40])
      await server.stop()
    }),
    { numRuns: 25 },
  )
  await watch(answerOk)
})
