import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import type { PathQuestion, PathTime } from './bench.ts'
import { sampleOf } from './draw-sample.ts'
import { readSojournUs } from './sojourn-header.ts'

/** As far apart as at 250/s, and awake in between, as plimsoll is. */
const EVERY_MS = 4
/** Until the code is compiled. */
const WARM_UP = 200

/** Time beyond the server's own sojourn, by a raw socket with one request under way at a time. */
export async function probePath({ port, exchanges }: PathQuestion): Promise<PathTime> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  const beyond: number[] = []
  let next = performance.now()
  for (let i = 0; i < WARM_UP + exchanges; i += 1) {
    next += EVERY_MS
    while (performance.now() < next) await setImmediate()
    const sentAt = performance.now()
    const answer = await exchange(socket)
    const sojournUs = readSojournUs(answer.bytes)
    if (sojournUs === undefined) throw new Error('an answer of the lab came without its sojourn')
    if (i >= WARM_UP) beyond.push(answer.atMs - sentAt - sojournUs / 1e3)
    next = Math.max(next, answer.atMs)
  }
  socket.destroy()
  const times = sampleOf(beyond)
  return { medianMs: times.quantile(0.5), p99Ms: times.quantile(0.99), exchanges }
}

const REQUEST = 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'

interface Answer {
  readonly bytes: Buffer
  readonly atMs: number
}

/** The lab's answers are short and written at once, so that one read holds one of them. */
function exchange(socket: Socket): Promise<Answer> {
  return new Promise(resolve => {
    socket.once('data', bytes => resolve({ bytes, atMs: performance.now() }))
    socket.write(REQUEST)
  })
}
