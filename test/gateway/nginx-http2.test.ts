import { afterEach, describe, expect, test } from 'vitest'
import type { EngineOptions } from '../../src/http/load-engine.ts'
import type { TlsMaterial } from '../../src/http/tls-material.ts'
import { DEFAULT_TRANSPORT } from '../../src/plan/transport.ts'
import { debianProgram } from '../support/debian-program.ts'
import { startNginxHttp2 } from '../support/nginx-http2.ts'
import type { Logged, NginxHttp2, NginxLimits } from '../support/nginx-http2.ts'
import { selfSigned } from '../support/self-signed.ts'
import { WatchedEngine, template, until } from '../support/watched-engine.ts'

const program = debianProgram(/^nginx$/, 'nginx-light')
if (program === undefined) process.stderr.write('SKIPPED: no nginx here, and no right to install it\n')

const CERTIFICATE = selfSigned('DNS:shop.test')
const TLS: TlsMaterial = { ca: [CERTIFICATE.cert], verify: true, serverName: 'shop.test', resume: true }
const FILES = { 'page.html': 'x'.repeat(300_000) }
const REQUESTS = [
  template(10_000, { path: '/ok' }),
  template(10_000, { path: '/page.html' }),
  template(10_000, { path: '/ok', method: 'HEAD' }),
  template(10_000, { path: '/none' }),
  template(10_000, { path: '/bad' }),
  template(10_000, { path: '/ok', method: 'POST', body: 'x'.repeat(5000) }),
]

let nginx: NginxHttp2
let watched: WatchedEngine

async function watch(
  over: 'tls' | 'clear',
  limits: NginxLimits,
  more: Partial<EngineOptions> = {},
): Promise<void> {
  nginx = await startNginxHttp2(program!, CERTIFICATE, limits, FILES)
  const port = over === 'tls' ? nginx.tlsPort : nginx.clearPort
  watched = new WatchedEngine({
    address: { kind: 'tcp', host: '127.0.0.1', port },
    target: { protocol: over === 'tls' ? 'https' : 'http', host: 'shop.test', port, basePath: '' },
    transport: { ...DEFAULT_TRANSPORT, protocol: 'h2' },
    requests: REQUESTS,
    ...(over === 'tls' && { tls: TLS }),
    ...more,
  })
}

/** nginx writes a line when a request is over, which may be just after its answer has arrived. */
async function logged(count: number): Promise<readonly Logged[]> {
  let lines: readonly Logged[] = []
  for (let attempt = 0; attempt < 200 && lines.length < count; attempt += 1) {
    await new Promise(resolve => setTimeout(resolve, 10))
    lines = await nginx.logged()
  }
  return lines
}

function countOf(values: readonly (string | number)[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}

describe.skipIf(program === undefined)('nginx over HTTP/2', () => {
  afterEach(async () => {
    watched.stop()
    await nginx.stop()
  })

  test.each(['tls', 'clear'] as const)('counts what the engine counts (%s)', async over => {
    await watch(over, { streams: 128, requests: 100_000 })
    for (let i = 0; i < 1200; i += 1) {
      watched.start(i % REQUESTS.length)
      if (i % 50 === 49) await until(() => watched.starts - watched.ended.length < 100)
    }
    await watched.allEnded()
    // Each of the six requests 200 times; four of them are answered 200.
    expect(watched.tally).toEqual({ '200': 800, '404': 200, '502': 200 })
    const lines = await logged(1200)
    expect(countOf(lines.map(({ status }) => status))).toEqual(watched.tally)
    expect(countOf(lines.map(({ protocol }) => protocol))).toEqual({ 'HTTP/2.0': 1200 })
    expect(countOf(lines.map(({ method }) => method))).toEqual({ GET: 800, HEAD: 200, POST: 200 })
    expect(lines.filter(({ requestBytes }) => requestBytes === 5000)).toHaveLength(200)
    const pages = watched.ended.filter(({ request }) => request === 1)
    expect(pages.every(({ bytesRead }) => bytesRead === 300_000)).toBe(true)
    expect(new Set(lines.map(({ connection }) => connection)).size).toBe(watched.engine.takeOpened())
  })

  test('has no more streams on a connection than it allows', async () => {
    await watch('tls', { streams: 10, requests: 100_000 })
    for (let i = 0; i < 40; i += 1) watched.start(1)
    await watched.allEnded()
    expect(watched.tally).toEqual({ '200': 40 })
    // One connection for all, then three more when its SETTINGS had come.
    expect(watched.engine.takeOpened()).toBe(4)
  })

  test('takes leave of a connection after as many requests as it is told to; the next ones get another', async () => {
    await watch('tls', { streams: 128, requests: 50 })
    await watched.oneByOne(200)
    expect(watched.tally).toEqual({ '200': 200 })
    const lines = await logged(200)
    expect(Object.values(countOf(lines.map(({ connection }) => connection)))).toEqual([50, 50, 50, 50])
    expect(watched.handshakes.map(({ resumed }) => resumed)).toEqual([false, true, true, true])
  })
})
