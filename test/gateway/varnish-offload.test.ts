import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent, createServer, request } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CdnAnswer } from '../../src/sizing/cdn/cdn-answer.ts'
import { CACHE_DEFAULTS, ONE_OBJECT } from '../../src/sizing/cdn/cdn-question.ts'
import { sizeCdn } from '../../src/sizing/cdn/size-cdn.ts'
import { zipfShares } from '../../src/statistics/cache-hits.ts'
import { createRandom } from '../../src/units/random.ts'
import { startChildServer } from '../support/child-server.ts'
import type { ChildServer } from '../support/child-server.ts'
import { debianProgram } from '../support/debian-program.ts'

const varnishd = debianProgram(/^varnishd$/, 'varnish')
if (varnishd === undefined) process.stderr.write('SKIPPED: no varnishd here, and no right to install it\n')

/** Of the copies, in s. */
const LIFE = 6
const FETCH_MS = 10
const RATE = 400
const ATTEMPTS = 6

/** What is asked for: the origin answers each with these headers, and the share is of all requests. */
const ROUTES = [
  {
    name: 'item',
    share: 0.94,
    objects: { count: 3000, zipf: 0.7 },
    headers: { 'cache-control': `max-age=${LIFE}` },
  },
  {
    name: 'account',
    share: 0.03,
    objects: ONE_OBJECT,
    headers: { 'cache-control': `private, max-age=${LIFE}` },
  },
  {
    name: 'greeting',
    share: 0.03,
    objects: ONE_OBJECT,
    headers: { 'cache-control': `max-age=${LIFE}`, 'set-cookie': 'visit=1' },
  },
] as const

/**
 * Two lifetimes each, from empty caches on, in the long run, and after a purge of everything. By renewal theory 2 500, 2 300 and 2 500 fetches
 * are to be expected, with standard deviations of less than 1.5 % each, so that 5 % are more than three.
 */
const SPAN = 2 * LIFE
const [STARTED, SETTLED, PURGED, END] = [0, SPAN, 2 * SPAN, 3 * SPAN]

/**
 * Varnish answers with a copy for 10 s beyond its lifetime and fetches it anew behind the user's back (grace). That asks the origin as
 * often, but then one request both is a hit and has caused a fetch; without grace, hits and fetches add up to the requests.
 */
const vcl = (originPort: number): string => `
vcl 4.1;
backend origin { .host = "127.0.0.1"; .port = "${originPort}"; }
sub vcl_recv {
  if (req.method == "BAN") {
    ban("req.url ~ .");
    return (synth(200));
  }
}
sub vcl_backend_response {
  set beresp.grace = 0s;
}
`

interface Fetch {
  readonly path: string
  /** Since the start of the load, in s. */
  readonly at: number
}

interface Played {
  readonly sent: number
  /** By route. */
  readonly hits: Readonly<Record<string, number>>
  readonly fetches: readonly Fetch[]
  /** From when a request was due to when it was answered, at most, in s. */
  readonly latest: number
}

/** Share by which `measured` is off from `predicted`. */
const deviation = (measured: number, predicted: number): number => Math.abs(measured / predicted - 1)

const now = (): number => performance.now() / 1000

const routeOf = (path: string): string => path.split('/')[1] ?? ''

const pause = (seconds: number): Promise<void> =>
  new Promise(resolve => {
    setTimeout(resolve, seconds * 1000)
  })

const portOf = (server: Server): number => (server.address() as AddressInfo).port

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return portOf(server)
}

async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listen(server)
  server.close()
  await once(server, 'close')
  return port
}

/** What comes, in order of time: Poisson arrivals, each for a path by the shares of routes and objects. */
function schedule(seed: number): readonly Fetch[] {
  const random = createRandom(seed)
  const paths = ROUTES.flatMap(({ name, share, objects }) =>
    zipfShares(objects.zipf, objects.count).map((part, i) => ({
      path: `/${name}/${i}`,
      share: share * part,
    })),
  )
  let total = 0
  const upTo = paths.map(({ share }) => (total += share))
  const arrivals: Fetch[] = []
  for (let at = -Math.log(random.uniform()) / RATE; at < END; at -= Math.log(random.uniform()) / RATE) {
    const drawn = random.uniform() * total
    const index = upTo.findIndex(bound => bound >= drawn)
    arrivals.push({ path: paths[index]!.path, at })
  }
  return arrivals
}

async function ask(port: number, path: string, agent: Agent, method = 'GET'): Promise<IncomingMessage> {
  const asked = request({ host: '127.0.0.1', port, path, agent, method })
  asked.end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  answer.resume()
  await once(answer, 'end')
  return answer
}

/** Status line and headers, as a report keeps them. */
const headOf = ({ statusCode, rawHeaders }: IncomingMessage): string =>
  [
    `HTTP/1.1 ${statusCode} OK`,
    ...Array.from(
      { length: rawHeaders.length / 2 },
      (_, i) => `${rawHeaders[2 * i]}: ${rawHeaders[2 * i + 1]}`,
    ),
  ].join('\r\n')

describe.skipIf(varnishd === undefined)('a real Varnish before an origin that counts', () => {
  let folder: string
  let origin: Server
  let varnish: ChildServer
  let port: number
  const agent = new Agent({ keepAlive: true, maxSockets: 128 })
  let counting: ((path: string) => void) | undefined
  let answer: CdnAnswer
  let played: Played

  /** Plays all arrivals of `seed`, or stops where one was answered later than `patience` (s) after it was due. */
  async function play(seed: number, patience: number): Promise<Played> {
    const arrivals = schedule(seed)
    const hits: Record<string, number> = {}
    const fetches: Fetch[] = []
    let latest = 0
    await ask(port, '/', agent, 'BAN')
    const start = now() + 0.1
    counting = path => fetches.push({ path, at: now() - start })
    let isPurged = false
    const answers: Promise<void>[] = []
    for (let next = 0; next < arrivals.length;) {
      if (latest > patience) break
      const at = now() - start
      if (!isPurged && at >= PURGED) {
        isPurged = true
        await ask(port, '/', agent, 'BAN')
      }
      for (
        let arrival = arrivals[next];
        arrival !== undefined && arrival.at <= at;
        arrival = arrivals[next]
      ) {
        const { path } = arrival
        const dueAt = arrival.at
        // A hit names the request that fetched the copy beside its own.
        const counted = ask(port, path, agent).then(({ headers }) => {
          latest = Math.max(latest, now() - start - dueAt)
          if (String(headers['x-varnish']).includes(' ')) hits[routeOf(path)] = (hits[routeOf(path)] ?? 0) + 1
        })
        answers.push(counted)
        next += 1
      }
      await pause(0.002)
    }
    await Promise.all(answers)
    counting = undefined
    return { sent: arrivals.length, hits, fetches, latest }
  }

  const fetchesIn = (from: number): number =>
    played.fetches.filter(({ at }) => at >= from && at < from + SPAN).length

  const predictedFromEmpty = (): number => answer.emptied.curve.find(({ at }) => at === SPAN)!.originRequests

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plimsoll-varnish-'))
    origin = createServer((asked, reply) => {
      const path = asked.url ?? ''
      counting?.(path)
      setTimeout(() => {
        reply.writeHead(200, ROUTES.find(({ name }) => name === routeOf(path))?.headers ?? {})
        reply.end(path)
      }, FETCH_MS)
    })
    origin.keepAliveTimeout = 60_000
    const originPort = await listen(origin)
    port = await freePort()
    await writeFile(join(folder, 'default.vcl'), vcl(originPort))
    const settings = [
      '-p',
      'vsl_space=1M',
      '-s',
      'malloc,64m',
      '-T',
      'none',
      '-j',
      'none',
      '-p',
      'timeout_idle=300',
    ]
    varnish = await startChildServer({
      command: varnishd!,
      args: [
        '-F',
        '-n',
        join(folder, 'work'),
        '-f',
        join(folder, 'default.vcl'),
        '-a',
        `127.0.0.1:${port}`,
        ...settings,
      ],
      answers: () =>
        ask(port, '/', agent).then(
          () => true,
          () => false,
        ),
      within: 60_000,
    })
    const heads = await Promise.all(
      ROUTES.map(({ name }) => ask(originPort, `/${name}/0`, agent).then(headOf)),
    )
    answer = sizeCdn({
      peak: RATE,
      capacity: RATE / 2,
      fetchTime: FETCH_MS / 1000,
      routes: ROUTES.map(({ name, share, objects }, i) => {
        const kept = { bytesPerAnswer: 300, head: heads[i]!, ttl: null }
        return { name, method: 'GET', path: `/${name}/0`, share, objects, ...kept }
      }),
      cache: CACHE_DEFAULTS,
    })
    // Where the machine is busy with something else, requests come in heaps, and what came was no Poisson stream.
    const patience = LIFE / 10
    for (let seed = 1; seed <= ATTEMPTS && !(played?.latest <= patience); seed += 1)
      played = await play(seed, seed < ATTEMPTS ? patience : Infinity)
  }, 300_000)

  afterAll(async () => {
    agent.destroy()
    await varnish?.stop()
    origin?.closeAllConnections()
    origin?.close()
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  })

  test('what is not said to be kept is not kept: each request for it reaches the origin', () => {
    expect(answer.routes.map(({ cached }) => cached.kind)).toEqual(['kept', 'not-kept', 'not-kept'])
    expect(Object.keys(played.hits)).toEqual(['item'])
  })

  test('hits and fetches add up to the requests', () => {
    expect((played.hits['item'] ?? 0) + played.fetches.length).toBe(played.sent)
  })

  test('in the long run the origin is asked as often as predicted, within 5 %', () => {
    expect(deviation(fetchesIn(SETTLED), SPAN * answer.expected.originRps.value)).toBeLessThan(0.05)
  })

  test('so it is from a cold start on', () => {
    expect(deviation(fetchesIn(STARTED), predictedFromEmpty())).toBeLessThan(0.05)
  })

  test('and from a purge of everything on, which is the same', () => {
    expect(deviation(fetchesIn(PURGED), predictedFromEmpty())).toBeLessThan(0.05)
  })

  test('an object is fetched once in its lifetime, however many ask for it meanwhile', () => {
    const last = new Map<string, number>()
    const gaps = played.fetches.flatMap(({ path, at }) => {
      const before = last.get(path)
      last.set(path, at)
      const isKept = routeOf(path) === 'item' && before !== undefined && before > PURGED === at > PURGED
      return isKept ? [at - before] : []
    })
    expect(gaps.length).toBeGreaterThan(1000)
    expect(gaps.filter(gap => gap < LIFE / 2)).toEqual([])
  })
})
