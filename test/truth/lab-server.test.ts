import { Agent, request } from 'node:http'
import type { RequestOptions } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { startLab } from '../../src/lab/server.ts'
import type { LabOptions, RunningLab } from '../../src/lab/server.ts'

interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
  readonly tookUs: number
}

let lab: RunningLab | undefined
let agent: Agent | undefined

afterEach(async () => {
  agent?.destroy()
  await lab?.close()
  agent = undefined
  lab = undefined
})

async function start(name: string, options: LabOptions = {}): Promise<RunningLab> {
  lab = await startLab(name, options)
  agent = new Agent({ keepAlive: true })
  return lab
}

function whereIs(url: string): RequestOptions {
  if (url.startsWith('unix:')) return { socketPath: url.slice('unix:'.length) }
  const { hostname, port } = new URL(url)
  return { host: hostname.replaceAll(/[[\]]/g, ''), port }
}

/** One request over the test's keep-alive connections; rejects when the connection breaks. */
function ask(path: string, options: { method?: string; body?: string } = {}): Promise<Reply> {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const sent = request(
      { ...whereIs(lab!.url), agent: agent!, path, method: options.method ?? 'GET' },
      response => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const tookUs = (performance.now() - startedAt) * 1e3
          const body = Buffer.concat(chunks).toString()
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body, tookUs })
        })
      },
    )
    sent.on('error', reject)
    sent.end(options.body)
  })
}

/** `count` requests by `clients` clients, each asking again as soon as it is answered. */
async function askMany(count: number, clients: number, path = '/'): Promise<readonly Reply[]> {
  const replies: Reply[] = []
  let left = count
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      replies.push(await ask(path))
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return replies
}

function standStill(milliseconds: number): void {
  const until = performance.now() + milliseconds
  while (performance.now() < until);
}

function byStatus(replies: readonly Reply[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { status } of replies) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

/** How an attempt ended: `answered`, or the code of the error. */
const endOf = (attempt: Promise<Reply>): Promise<string> =>
  attempt.then(
    () => 'answered',
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  )

const sojournUs = (reply: Reply): number => Number(reply.headers['x-lab-sojourn-us'])

describe('a lab server', () => {
  test('counts by status exactly what its clients saw', async () => {
    const { counts } = await start('FLAKY', { settings: ['rate=4000', 'errors=20%'] })
    const replies = await askMany(500, 4)
    expect(counts()).toMatchObject({
      total: 500,
      byStatus: byStatus(replies),
      resets: 0,
      abandoned: 0,
      waiting: 0,
    })
    expect(Object.keys(counts().byStatus)).toEqual(['200', '502'])
    const sequences = replies.map(reply => Number(reply.headers['x-lab-sequence'])).sort((a, b) => a - b)
    expect(sequences).toEqual(Array.from({ length: 500 }, (_, n) => n + 1))
  })

  test('says how long it stood still itself, from the first request on', async () => {
    const { counts } = await start('D1')
    await ask('/')
    await sleep(50)
    standStill(80)
    await expect.poll(() => counts().longestStallMs).toBeGreaterThan(70)
  })

  test('by timer takes less than half the processor time of spinning over the last 4 ms of each 5', async () => {
    const cost = async (lowCpu: boolean): Promise<number> => {
      const { close } = await start('D1', { settings: ['service=5ms'], lowCpu })
      await askMany(10, 1)
      const before = process.cpuUsage()
      await askMany(100, 1)
      const { user, system } = process.cpuUsage(before)
      await close()
      lab = undefined
      return user + system
    }
    const spinning = await cost(false)
    expect(await cost(true)).toBeLessThan(spinning / 2)
  })

  test.each([false, true])(
    'sends each answer when the model says, never before (by timer: %s)',
    async lowCpu => {
      await start('D1', { settings: ['service=4ms'], lowCpu })
      const replies = await askMany(150, 3)
      const late = replies.map(reply => reply.tookUs - sojournUs(reply)).sort((a, b) => a - b)
      expect(late[0]).toBeGreaterThanOrEqual(0)
      expect(late[75]).toBeLessThan(5000)
      // Nobody is served in less than 4 ms; three at a time wait for at most two others.
      const sojourns = replies.map(sojournUs)
      expect(Math.min(...sojourns)).toBeGreaterThanOrEqual(3999)
      expect(Math.max(...sojourns)).toBeLessThanOrEqual(12_000)
    },
  )

  test('answers processor sharing too, whose departures depend on who comes later', async () => {
    const { counts } = await start('RETRO', { settings: ['gamma=1000'] })
    const replies = await askMany(100, 5)
    expect(counts().byStatus).toEqual({ 200: 100 })
    expect(replies.every(reply => reply.tookUs >= sojournUs(reply))).toBe(true)
  })

  test('starts its clock at the first request', async () => {
    await start('PAUSE', { settings: ['from=0s', 'length=200ms'] })
    await sleep(250)
    // The freeze begins with the first request, however long the server has been there.
    expect(sojournUs(await ask('/'))).toBe(200_000)
  })

  test('tells its truth and its counts, resets on demand, and counts none of that', async () => {
    const { truth } = await start('FLAKY', { settings: ['rate=40000', 'errors=50%', 'quiet=24h'], seed: 3 })
    const statuses = async (): Promise<number[]> => (await askMany(40, 1)).map(reply => reply.status)
    const before = await statuses()
    expect(JSON.parse((await ask('/.lab/counts')).body)).toMatchObject({ total: 40, waiting: 0 })
    expect(JSON.parse((await ask('/.lab/truth')).body)).toMatchObject({ name: 'FLAKY', ...truth })
    expect(JSON.parse((await ask('/.lab/reset', { method: 'POST' })).body)).toMatchObject({
      total: 0,
      byStatus: {},
    })
    expect((await ask('/.lab/reset')).status).toBe(404)
    // The same seed, from the start.
    expect(await statuses()).toEqual(before)
    expect(lab?.counts().total).toBe(40)
  })

  test('takes a request as arrived when its body has', async () => {
    const { counts } = await start('STOREFRONT')
    const reply = await ask('/checkout', { method: 'POST', body: 'x'.repeat(200_000) })
    expect(reply.status).toBe(200)
    expect(reply.headers).toMatchObject({ server: 'storefront', via: '1.1 storefront' })
    expect(reply.body).toContain('<h1>Checkout</h1>')
    expect(counts()).toMatchObject({ total: 1, byStatus: { 200: 1 } })
  })
})

describe('connections', () => {
  test('that the model resets are cut and counted apart', async () => {
    const { counts } = await start('BLIP', { settings: ['from=0s', 'length=1h', 'resets=100%'] })
    for (let n = 0; n < 5; n += 1) expect(await endOf(ask('/'))).toBe('ECONNRESET')
    expect(counts()).toMatchObject({ total: 5, byStatus: {}, resets: 5, waiting: 0 })
  })

  test('that the client gives up are counted as abandoned', async () => {
    const { counts } = await start('PAUSE', { settings: ['from=0s', 'length=2s'] })
    const attempt = endOf(ask('/'))
    await vi.waitFor(() => expect(counts().waiting).toBe(1), 10_000)
    agent?.destroy()
    expect(await attempt).toBe('ECONNRESET')
    await vi.waitFor(
      () => expect(counts()).toMatchObject({ total: 1, byStatus: {}, abandoned: 1, waiting: 0 }),
      10_000,
    )
  })

  test('over a unix socket work the same', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lab-'))
    try {
      const socketPath = join(folder, 'lab.sock')
      const settings = ['from=100ms', 'length=1h', 'resets=100%', 'rate=4000']
      const { url, counts } = await start('BLIP', { socketPath, settings })
      expect(url).toBe(`unix:${socketPath}`)
      expect((await ask('/')).status).toBe(200)
      await sleep(120)
      expect(await endOf(ask('/'))).toBe('ECONNRESET')
      expect(counts()).toMatchObject({ total: 2, byStatus: { 200: 1 }, resets: 1 })
    } finally {
      await lab?.close()
      lab = undefined
      rmSync(folder, { recursive: true })
    }
  })

  const hasIpv6 = Object.values(networkInterfaces()).some(one =>
    one?.some(({ address }) => address === '::1'),
  )
  test.skipIf(!hasIpv6)('over IPv6 loopback work the same', async () => {
    const { url } = await start('PAUSE', { host: '::1' })
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/)
    expect((await ask('/')).status).toBe(200)
  })

  test('still waiting are cut by close, which does not wait for them', async () => {
    const { close, counts } = await start('PAUSE', { settings: ['from=0s', 'length=1h'] })
    const attempt = endOf(ask('/'))
    await vi.waitFor(() => expect(counts().waiting).toBe(1), 10_000)
    await close()
    lab = undefined
    expect(await attempt).toBe('ECONNRESET')
  })
})

test('a name or a setting that does not exist is refused with every problem', async () => {
  await expect(startLab('MM1Q')).rejects.toThrow(/lab\/unknown-name/)
  await expect(startLab('MM1', { settings: ['rat=1', 'rate=x'] })).rejects.toThrow(
    /unknown-parameter[^]*bad-value/,
  )
})

test('a port that is taken is an error of the system', async () => {
  const { url } = await start('PAUSE')
  await expect(startLab('PAUSE', { port: Number(new URL(url).port) })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  })
})
