import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { createPreciseAlarm } from '../../src/lab/precise-alarm.ts'
import { DenseHistogram } from '../../src/recording/dense-histogram.ts'
import { quantileUs } from '../../src/result/counts.ts'
import { createRandom } from '../../src/units/random.ts'
import { answerFor } from './sojourn-answer.ts'

/**
 * A single server in virtual time (M/M/1 under Poisson arrivals): the n-th request leaves at
 * D_n = max(t_n, D_{n−1}) + S_n, computed as it arrives. What this process does late moves no later departure.
 * Bare sockets, one write per answer: it has to keep up with a fast client from one core. A core that has to wake up first
 * would see a request a tenth to a quarter of a millisecond after it came, and call that the truth. So where requests are too
 * rare to keep it awake it never sleeps; where they are not, the rest of the system may have what is left of the core.
 *
 * Words: service rate per second, seconds from the first request in which all are answered at once. Prints its port.
 */
const [serviceRate = 1000, freeSeconds = 0] = process.argv.slice(2).map(Number)

const QUANTILES = [0.5, 0.99] as const
/** `GET /t…` asks for the truth of all sojourns since it was last asked. */
const TRUTH_LETTER = 't'.charCodeAt(0)
const PATH_AT = 'GET /'.length
const HEAD_END = '\r\n\r\n'
const SEED = 1

const now = (): number => performance.now() / 1000
const random = createRandom(SEED, 0)
const sojourns = new DenseHistogram()
const lags = new DenseHistogram()

/** Waiting, in order of departure, which is that of arrival; taken from `first` on. */
let waiting: { readonly socket: Socket; readonly arrivedAt: number; readonly departsAt: number }[] = []
let first = 0
let lastDeparture = 0
let freeUntil: number | undefined

/** Slower than this it is asked too rarely to stay awake by itself. */
const RARELY_ASKED = 1000
const staysAwake = serviceRate < RARELY_ASKED

const alarm = createPreciseAlarm(now, release)

function arrive(socket: Socket): void {
  const arrivedAt = now()
  freeUntil ??= arrivedAt + freeSeconds
  const service = arrivedAt < freeUntil ? 0 : -Math.log(random.uniform()) / serviceRate
  lastDeparture = Math.max(arrivedAt, lastDeparture) + service
  waiting.push({ socket, arrivedAt, departsAt: lastDeparture })
  release()
}

function release(): void {
  const at = now()
  for (; first < waiting.length && waiting[first]!.departsAt <= at; first += 1) {
    const { socket, arrivedAt, departsAt } = waiting[first]!
    const sojournUs = (departsAt - arrivedAt) * 1e6
    if (socket.writable) socket.write(answerFor(sojournUs))
    if (arrivedAt >= freeUntil!) {
      sojourns.record(sojournUs)
      lags.record((now() - departsAt) * 1e6)
    }
  }
  if (first === waiting.length) {
    waiting.length = 0
    first = 0
  } else if (first > 4096) {
    waiting = waiting.slice(first)
    first = 0
  }
  if (!staysAwake) alarm.setFor(waiting[first]?.departsAt ?? Infinity)
}

function tellTruth(socket: Socket): void {
  const of = (histogram: DenseHistogram): readonly number[] => {
    const counts = histogram.take()
    return QUANTILES.map(q => quantileUs(counts, q) ?? 0)
  }
  const body = JSON.stringify({ sojournsUs: of(sojourns), lagsUs: of(lags) })
  socket.end(`HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`)
}

const server = createServer({ noDelay: true }, socket => {
  let begun = ''
  // The client may go at any time.
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk: Buffer) => {
    if (begun === '' && chunk[PATH_AT] === TRUTH_LETTER) {
      tellTruth(socket)
      return
    }
    const text = begun + chunk.toString('latin1')
    let at = 0
    for (let end = text.indexOf(HEAD_END); end >= 0; end = text.indexOf(HEAD_END, at)) {
      at = end + HEAD_END.length
      arrive(socket)
    }
    begun = text.slice(at)
  })
})

function stayAwake(): void {
  release()
  setImmediate(stayAwake)
}

server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => {
  process.stdout.write(`port ${(server.address() as AddressInfo).port}\n`)
  if (staysAwake) stayAwake()
})
