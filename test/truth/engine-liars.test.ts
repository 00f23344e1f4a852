import { afterEach, describe, expect, test } from 'vitest'
import type { Socket } from 'node:net'
import { INVALID_REASONS } from '../../src/http/invalid-reason.ts'
import { RawServer } from '../support/raw-server.ts'
import type { RawRequest } from '../support/raw-server.ts'
import { WatchedEngine, template, until } from '../support/watched-engine.ts'
import { FRAMED, UNFRAMED } from '../unit/http/corpus/complete-responses.ts'
import { MALFORMED } from '../unit/http/corpus/malformed-responses.ts'

const HEAD = 'HTTP/1.1 200 OK\r\nServer: liar\r\nContent-Length: 5\r\n\r\n'
const OK = `${HEAD}hello`
const CHUNKED_HEAD = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'
const STALL_MS = 300

let server: RawServer
let watched: WatchedEngine

async function against(
  answer: (request: RawRequest) => void,
  { accept = () => {}, deadlineMs = 10_000 }: { accept?: (socket: Socket) => void; deadlineMs?: number } = {},
): Promise<void> {
  server = await RawServer.start(answer, { accept })
  const requests = [template(deadlineMs), template(deadlineMs, { method: 'HEAD' })]
  watched = new WatchedEngine({ address: server.address, requests })
}

async function startAtOnce(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) watched.start()
  await watched.allEnded()
}

/** In every test each request ended exactly once, and nothing is left open on either side. */
afterEach(async () => {
  watched.stop()
  await until(() => server.open.size === 0)
  await server.stop()
})

/** Resets once the bytes were read: the kernel may tell of bytes and a reset that come together as of an early close. */
async function resetAfter(socket: Socket, sent: string): Promise<void> {
  const { activity } = watched.engine
  socket.write(sent, 'latin1')
  await until(() => sent === '' || watched.engine.activity > activity)
  socket.resetAndDestroy()
}

/** How a server stops in the middle, and what that is to the request. */
const BREAKS: readonly (readonly [string, string, (socket: Socket, sent: string) => void])[] = [
  ['closes', 'closed-early', (socket, sent) => socket.end(sent, 'latin1')],
  ['resets', 'reset', (socket, sent) => void resetAfter(socket, sent)],
  ['stalls', 'timed-out', (socket, sent) => socket.write(sent, 'latin1')],
]

describe.each(BREAKS)('a server that %s: each request is %s', (_, outcome, stop) => {
  const deadline = outcome === 'timed-out' ? { deadlineMs: STALL_MS } : {}

  test('as soon as it was asked', async () => {
    await against(({ socket }) => stop(socket, ''), deadline)
    await startAtOnce(10)
    expect(watched.tally).toEqual({ [outcome]: 10 })
  })

  test.each([
    ['an answer with a length', OK],
    ['a chunked answer', `${CHUNKED_HEAD}2;a=b\r\nhe\r\n3\r\nllo\r\n0\r\nX-Sum: 1\r\n\r\n`],
    ['an interim answer and an answer', `HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${OK}`],
    ['the answer to a HEAD', HEAD],
  ])('behind every byte of %s but its last', async (_, whole) => {
    await against(({ socket, number }) => stop(socket, whole.slice(0, number + 1)), deadline)
    for (let i = 1; i < whole.length; i += 1) {
      watched.start(whole === HEAD ? 1 : 0)
      if (outcome === 'reset') await watched.allEnded()
    }
    await watched.allEnded()
    expect(watched.tally).toEqual({ [outcome]: whole.length - 1 })
    // Nobody was asked twice, and each connection was given up.
    expect([server.requests, server.connections]).toEqual([whole.length - 1, whole.length - 1])
    await until(() => watched.engine.connectionsOpen === 0)
    const read = watched.ended.map(({ bytesRead }) => bytesRead).sort((a, b) => a - b)
    expect(read).toEqual(Array.from({ length: whole.length - 1 }, (_, i) => i + 1))
  })
})

test('a body until close may end anywhere, its head may not', async () => {
  const head = 'HTTP/1.1 200 OK\r\nServer: liar\r\n\r\n'
  const whole = `${head}all of this`
  await against(({ socket, number }) => socket.end(whole.slice(0, number + 1)))
  await startAtOnce(whole.length)
  expect(watched.tally).toEqual({ 'closed-early': head.length - 1, '200': 'all of this'.length + 1 })
})

describe('a server that does not wait for a request', () => {
  test('closes each connection: closed early', async () => {
    await against(() => {}, { accept: socket => socket.end() })
    await startAtOnce(10)
    expect(watched.tally).toEqual({ 'closed-early': 10 })
  })

  test('resets each connection: reset', async () => {
    await against(() => {}, { accept: socket => socket.resetAndDestroy() })
    await startAtOnce(10)
    expect(watched.tally).toEqual({ reset: 10 })
  })

  test('greets with another protocol: an invalid response', async () => {
    await against(() => {}, { accept: socket => socket.write('220 mail.example ESMTP\r\n') })
    await startAtOnce(10)
    expect(watched.tally).toEqual({ 'invalid-response': 10 })
    expect(server.connections).toBe(10)
  })

  test('has answered already and answers again when asked: no answer is taken for that of the next request', async () => {
    const answered = (number: number): string => OK.replace('200', String(400 + number))
    await against(({ socket, number }) => socket.write(answered(number)), {
      accept: socket => socket.write(OK),
    })
    for (let i = 0; i < 10; i += 1) {
      await watched.oneByOne(1)
      // The second answer is one too many and ends the connection.
      await until(() => watched.engine.connectionsOpen === 0)
    }
    expect(watched.tally).toEqual({ '200': 10 })
    expect(server.connections).toBe(10)
  })
})

describe('a server that says one thing and does another', () => {
  test.each<[string, string, string]>([
    ['sends less than its length', 'closed-early', `${HEAD}hell`],
    ['ends before the last chunk', 'closed-early', `${CHUNKED_HEAD}5\r\nhello\r\n`],
    ['ends in the middle of a chunk', 'closed-early', `${CHUNKED_HEAD}6\r\nhello`],
    ['ends where the trailers should', 'closed-early', `${CHUNKED_HEAD}0\r\n`],
    ['sends longer chunks than it says', 'invalid-response', `${CHUNKED_HEAD}4\r\nhello\r\n0\r\n\r\n`],
    ['sends shorter chunks than it says', 'invalid-response', `${CHUNKED_HEAD}5\r\nhell\r\n0\r\n\r\n`],
    ['says closed and closes', '200', OK.replace('liar', 'liar\r\nConnection: close')],
  ])('%s: %s', async (_, outcome, sent) => {
    await against(({ socket }) => socket.end(sent))
    await startAtOnce(10)
    await watched.oneByOne(10)
    expect(watched.tally).toEqual({ [outcome]: 20 })
    expect(server.connections).toBe(20)
  })

  test('says keep-alive and closes: the next request opens a connection', async () => {
    await against(({ socket }) => socket.end(OK.replace('liar', 'liar\r\nConnection: keep-alive')))
    for (let i = 0; i < 10; i += 1) {
      await watched.oneByOne(1)
      await until(() => watched.engine.connectionsOpen === 0)
    }
    expect(watched.tally).toEqual({ '200': 10 })
    expect(server.connections).toBe(10)
  })

  test.each([
    ['a byte', '!'],
    ['an empty line', '\r\n'],
    ['another answer', OK.replace('200', '500')],
    ['another answer that is broken', 'HTTP/1.1 5'],
  ])('sends %s behind the answer: the connection is not used again', async (_, more) => {
    await against(({ socket }) => socket.write(OK + more))
    await watched.oneByOne(20)
    expect(watched.tally).toEqual({ '200': 20 })
    expect(server.connections).toBe(20)
    expect(watched.engine.connectionsOpen).toBe(0)
  })

  test('sends interim answers for ever: an invalid response', async () => {
    await against(({ socket }) => {
      const more = (): void => {
        if (!socket.destroyed)
          socket.write('HTTP/1.1 100 Continue\r\n\r\n'.repeat(10), () => setImmediate(more))
      }
      more()
    })
    await startAtOnce(5)
    expect(watched.tally).toEqual({ 'invalid-response': 5 })
    expect(watched.samples[0]!.text).toMatch(/^too-many-interim\r\n/)
  })
})

test('every malformed response of the corpus ends its request and its connection', async () => {
  await against(({ socket, number }) => socket.write(MALFORMED[number]![2], 'latin1'))
  await watched.oneByOne(MALFORMED.length)
  expect(watched.tally).toEqual({ 'invalid-response': MALFORMED.length })
  expect(server.connections).toBe(MALFORMED.length)
  const [sample, ...others] = watched.samples
  expect(others).toEqual([])
  expect(INVALID_REASONS).toContain(sample!.text.split('\r\n')[0])
})

test('every complete response of the corpus is its status, and keeps the connection exactly when it may', async () => {
  // Those that end with the connection first, so that the others can share one as long as each lets them.
  const responses = [...UNFRAMED, ...FRAMED]
  await against(({ socket, number }) => {
    const { text } = responses[number]!
    if (number < UNFRAMED.length) socket.end(text, 'latin1')
    else socket.write(text, 'latin1')
  })
  for (const { answersHead } of responses) {
    watched.start(answersHead === true ? 1 : 0)
    await watched.allEnded()
  }
  expect(watched.ended.map(({ code }) => code)).toEqual(responses.map(({ status }) => status))
  const given = responses.filter(({ keepAlive, left = '' }) => !keepAlive || left !== '').length
  expect(responses.at(-1)).toMatchObject({ left: 'body' })
  expect(server.connections).toBe(given)
})
