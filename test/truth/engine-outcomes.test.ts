import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { createRandom } from '../../src/units/random.ts'
import { RawServer } from '../support/raw-server.ts'
import type { RawRequest } from '../support/raw-server.ts'
import { WatchedEngine, template, until } from '../support/watched-engine.ts'

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'

let server: RawServer
let watched: WatchedEngine

async function against(
  answer: (request: RawRequest) => void,
  deadlineMs = 10_000,
  listen?: Parameters<typeof RawServer.start>[1],
): Promise<void> {
  server = await RawServer.start(answer, listen)
  watched = new WatchedEngine({ address: server.address, requests: [template(deadlineMs)] })
}

/** In every test each request ended exactly once, and nothing is left open on either side. */
afterEach(async () => {
  watched.stop()
  await until(() => server.open.size === 0)
  await server.stop()
})

describe('a server that misbehaves: each request ends once, as', () => {
  const write =
    (text: string) =>
    ({ socket }: RawRequest): void => {
      socket.write(text, 'latin1')
    }
  const writeAndEnd =
    (text: string) =>
    ({ socket }: RawRequest): void => {
      socket.end(text, 'latin1')
    }

  test.each<[string, string, (request: RawRequest) => void]>([
    ['closed early, when it closes without a word', 'closed-early', ({ socket }) => socket.end()],
    ['reset, when it resets', 'reset', ({ socket }) => socket.resetAndDestroy()],
    [
      'closed early, when the body is cut short',
      'closed-early',
      writeAndEnd('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'),
    ],
    ['closed early, when the head is cut short', 'closed-early', writeAndEnd('HTTP/1.1 200 OK\r\nConte')],
    [
      'closed early, in the middle of a chunk',
      'closed-early',
      writeAndEnd('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe'),
    ],
    [
      'closed early, before the last chunk',
      'closed-early',
      writeAndEnd('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n'),
    ],
    ['closed early, after an interim answer', 'closed-early', writeAndEnd('HTTP/1.1 100 Continue\r\n\r\n')],
    ['an invalid response, for garbage', 'invalid-response', write('SSH-2.0-OpenSSH_9.2\r\n')],
    ['an invalid response, for an answer in HTTP/2', 'invalid-response', write('HTTP/2 200 OK\r\n\r\n')],
    [
      'an invalid response, for a head without end',
      'invalid-response',
      write(`HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(20_000)}`),
    ],
    [
      'an invalid response, for two lengths',
      'invalid-response',
      write('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nhi'),
    ],
    ['200, when the body lasts until close', '200', writeAndEnd('HTTP/1.1 200 OK\r\n\r\nall of it')],
    [
      '200, when it says close and closes',
      '200',
      writeAndEnd('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok'),
    ],
    [
      '200, after interim answers',
      '200',
      write(`HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hint\r\nA: b\r\n\r\n${OK}`),
    ],
    ['200, when more bytes follow than were asked for', '200', write(`${OK}${OK}`)],
    ['502, like any answer', '502', write('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n')],
  ])('%s', async (_, outcome, answer) => {
    await against(answer)
    for (let i = 0; i < 20; i += 1) watched.start()
    await watched.allEnded()
    await watched.oneByOne(20)
    expect(watched.tally).toEqual({ [outcome]: 40 })
    expect(server.requests).toBe(40)
    // A sent request has a send time, and none ends before it.
    for (const { intendedAt, sentAt, endedAt } of watched.ended) {
      expect(sentAt).toBeGreaterThanOrEqual(intendedAt)
      expect(endedAt).toBeGreaterThanOrEqual(sentAt)
    }
  })
})

test('timed out at its deadline, when it is never answered; the connection is not used again', async () => {
  await against(() => {}, 150)
  for (let i = 0; i < 10; i += 1) watched.start()
  await watched.allEnded()
  expect(watched.tally).toEqual({ 'timed-out': 10 })
  for (const { intendedAt, endedAt } of watched.ended) {
    expect((endedAt - intendedAt) / 1e6).toBeGreaterThanOrEqual(150)
    expect((endedAt - intendedAt) / 1e6).toBeLessThan(1500)
  }
  expect(watched.engine.connectionsOpen).toBe(0)
  await until(() => server.open.size === 0)
})

test('timed out in the middle of an answer that trickles on', async () => {
  await against(({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
    const trickle = setInterval(() => socket.write('1\r\nx\r\n'), 10)
    socket.on('close', () => clearInterval(trickle))
  }, 150)
  watched.start()
  await watched.allEnded()
  expect(watched.tally).toEqual({ 'timed-out': 1 })
  expect(watched.ended[0]!.bytesRead).toBeGreaterThan(0)
})

test('an answer that comes after its deadline belongs to nobody', async () => {
  await against(({ socket, number }) => {
    if (number === 0) setTimeout(() => socket.write(OK), 300)
    else socket.write(OK)
  }, 100)
  watched.start()
  await watched.allEnded()
  await watched.oneByOne(5)
  await sleep(350)
  await watched.oneByOne(5)
  expect(watched.tally).toEqual({ 'timed-out': 1, '200': 10 })
})

test('bytes are counted, heads and interim answers included, in whatever pieces they come', async () => {
  const text = `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n`
  await against(({ socket }) => {
    void (async () => {
      for (const character of text) {
        socket.write(character)
        await sleep(1)
      }
    })()
  })
  await watched.oneByOne(2)
  expect(watched.tally).toEqual({ '200': 2 })
  expect(watched.ended.map(({ bytesRead }) => bytesRead)).toEqual([text.length, text.length])
  expect(server.connections).toBe(1)
})

test('a body of 20 MB is read to its last byte', async () => {
  const size = 20_000_000
  await against(({ socket }) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`)
    socket.write(Buffer.alloc(size, 'x'))
  })
  await watched.oneByOne(2)
  expect(watched.tally).toEqual({ '200': 2 })
  expect(watched.ended[1]!.bytesRead).toBe(size + `HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`.length)
  expect(server.connections).toBe(1)
})

test('a sample of each kind of answer and failure is kept, once', async () => {
  const answers = [OK, 'nonsense\r\n', 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nbad']
  await against(({ socket, number }) => socket.write(answers[number % 3]!))
  await watched.oneByOne(12)
  expect(watched.tally).toEqual({ '200': 4, 'invalid-response': 4, '502': 4 })
  expect(watched.samples.map(({ text }) => text)).toEqual([OK, 'not-http\r\n\r\nnonsense\r\n', answers[2]])
})

test('what the server counted by status is what was seen, through every kind of trouble at once', async () => {
  const random = createRandom(5)
  const sent: Record<string, number> = {}
  const count = (what: string): void => {
    sent[what] = (sent[what] ?? 0) + 1
  }
  const troubles: ((request: RawRequest) => void)[] = [
    ({ socket }) => (count('closed-early'), socket.end()),
    ({ socket }) => (count('reset'), socket.resetAndDestroy()),
    ({ socket }) => (count('invalid-response'), socket.write('rubbish\r\n')),
    () => count('timed-out'),
    ({ socket }) => (count('200'), socket.end('HTTP/1.1 200 OK\r\n\r\nuntil close')),
    ({ socket }) => (count('200'), socket.write(`${OK}and more`)),
  ]
  await against(request => {
    const drawn = random.pick()
    if (drawn < 0.1) troubles[Math.floor(drawn * 10 * troubles.length)]!(request)
    else {
      const status = [200, 404, 502, 503][Math.floor(random.pick() * 4)]!
      const answer = `HTTP/1.1 ${status} X\r\nContent-Length: 0\r\n\r\n`
      setTimeout(() => {
        count(String(status))
        request.socket.write(answer)
      }, random.pick() * 20)
    }
  }, 2000)
  for (let i = 0; i < 1000; i += 1) {
    watched.start()
    if (i % 4 === 0) await sleep(1)
  }
  await watched.allEnded()
  expect(watched.tally).toEqual(sent)
  expect(server.requests).toBe(1000)
  // What is left open is idle, and both sides agree on it.
  await until(() => server.open.size === watched.engine.connectionsOpen)
})

test('a sample is whole when its head and body come in pieces: the final head, and the body without chunk sizes', async () => {
  const pieces = [
    'HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 502 Bad Gate',
    'way\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nbad g',
    '\r\n6\r\nateway\r\n0\r\n\r\n',
  ]
  await against(({ socket }) => {
    for (const [i, piece] of pieces.entries()) setTimeout(() => socket.write(piece), i * 30)
  })
  await watched.oneByOne(1)
  expect(watched.tally).toEqual({ '502': 1 })
  const head = 'HTTP/1.1 502 Bad Gateway\r\nTransfer-Encoding: chunked\r\n\r\n'
  expect(watched.samples).toEqual([{ code: 502, text: `${head}bad gateway` }])
})
