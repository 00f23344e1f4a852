import { once } from 'node:events'
import { createSecureServer } from 'node:http2'
import type { SecureServerOptions } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { Server as TlsServer, TLSSocket } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import type { EngineOptions } from '../../src/http/load-engine.ts'
import type { TlsMaterial } from '../../src/http/tls-material.ts'
import { DEFAULT_TRANSPORT } from '../../src/plan/transport.ts'
import { selfSigned } from '../support/self-signed.ts'
import { WatchedEngine, until } from '../support/watched-engine.ts'

const SERVER = selfSigned('DNS:shop.test', 'IP:127.0.0.1')
const CLIENT = selfSigned('DNS:client.test')
const TRUSTED: TlsMaterial = { ca: [SERVER.cert], verify: true, serverName: 'shop.test', resume: true }

let server: TlsServer
const open = new Set<TLSSocket>()
let watched: WatchedEngine
/** The name of each TLS connection's SNI, and the protocol of its ALPN. */
let greetings: (readonly [name: string | false, protocol: string | false | null])[]

function greeted(socket: TLSSocket): void {
  socket.on('error', () => {}).on('close', () => open.delete(socket))
  open.add(socket)
  const { servername } = socket as { servername?: string | false }
  greetings.push([servername ?? false, socket.alpnProtocol])
}

async function watch(
  listening: TlsServer,
  tls: TlsMaterial,
  more: Partial<EngineOptions> = {},
): Promise<void> {
  greetings = []
  server = listening.on('secureConnection', greeted).on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  watched = new WatchedEngine({
    address: { kind: 'tcp', host: '127.0.0.1', port },
    target: { protocol: 'https', host: tls.serverName, port, basePath: '' },
    transport: { ...DEFAULT_TRANSPORT, protocol: 'h2' },
    tls,
    ...more,
  })
}

/** Speaks HTTP/2 and nothing else. */
function http2Server(options: SecureServerOptions = {}): TlsServer {
  const created = createSecureServer({ ...SERVER, ...options })
  created.on('session', session => session.on('error', () => {}))
  created.on('stream', (stream, headers) => {
    stream.on('error', () => {})
    stream.respond({ ':status': 200 })
    stream.end(`${headers[':scheme']} ${headers[':authority']}`)
  })
  return created
}

afterEach(async () => {
  watched.stop()
  server.close()
  await once(server, 'close')
})

describe('a server with a self-signed certificate', () => {
  test('is refused, with the reason in the sample', async () => {
    await watch(http2Server(), { ...TRUSTED, ca: [] })
    await watched.oneByOne(2)
    expect(watched.tally).toEqual({ tls: 2 })
    expect(watched.samples).toHaveLength(1)
    expect(watched.samples[0]!.text).toMatch(/self-signed/)
  })

  test('is taken when its certificate is among the authorities; scheme and name are the target’s', async () => {
    await watch(http2Server(), TRUSTED)
    await watched.oneByOne(5)
    expect(watched.tally).toEqual({ '200': 5 })
    expect(greetings).toEqual([['shop.test', 'h2']])
    const { port } = server.address() as AddressInfo
    expect(watched.samples[0]!.text).toMatch(new RegExp(`^HTTP/2 200\\r\\n.*https shop.test:${port}$`, 's'))
    expect(watched.handshakes).toHaveLength(1)
    const { connectNs, tlsNs, resumed } = watched.handshakes[0]!
    expect(Math.min(connectNs, tlsNs)).toBeGreaterThan(0)
    expect(resumed).toBe(false)
  })

  test('is taken when nothing is verified', async () => {
    await watch(http2Server(), { ...TRUSTED, ca: [], verify: false })
    await watched.oneByOne(1)
    expect(watched.tally).toEqual({ '200': 1 })
  })

  test('is refused under another name', async () => {
    await watch(http2Server(), { ...TRUSTED, serverName: 'other.test' })
    await watched.oneByOne(1)
    expect(watched.tally).toEqual({ tls: 1 })
  })

  test('is asked for no name by an address, which its certificate has to hold all the same', async () => {
    await watch(http2Server(), { ...TRUSTED, serverName: '127.0.0.1' })
    await watched.oneByOne(1)
    expect(watched.tally).toEqual({ '200': 1 })
    expect(greetings).toEqual([[false, 'h2']])
  })
})

test('a server that wants a certificate of the client gets one', async () => {
  const options = { requestCert: true, rejectUnauthorized: true, ca: [CLIENT.cert] }
  await watch(http2Server(options), { ...TRUSTED, ...CLIENT })
  await watched.oneByOne(2)
  expect(watched.tally).toEqual({ '200': 2 })
})

test.each([
  [true, 3],
  [false, 0],
])('with resume: %s, %i of three later connections resume the session', async (resume, expected) => {
  await watch(http2Server(), { ...TRUSTED, resume })
  for (let i = 0; i < 4; i += 1) {
    await watched.oneByOne(1)
    // The tickets of TLS 1.3 come after the handshake, before the first answer.
    for (const socket of open) socket.destroy()
    await until(() => watched.engine.connectionsOpen === 0)
  }
  expect(watched.handshakes.filter(({ resumed }) => resumed)).toHaveLength(expected)
  expect(watched.handshakes).toHaveLength(4)
})

describe('a server that speaks no HTTP/2', () => {
  test.each([
    ['chooses another protocol', { ALPNProtocols: ['http/1.1'] }],
    ['knows no ALPN', {}],
  ])('because it %s fails as tls', async (_, options) => {
    await watch(createTlsServer({ ...SERVER, ...options }), TRUSTED)
    await watched.oneByOne(2)
    expect(watched.tally).toEqual({ tls: 2 })
    expect(watched.samples.map(({ text }) => text)).toEqual([
      expect.stringContaining('the server speaks no HTTP/2'),
    ])
    await until(() => watched.engine.connectionsOpen === 0)
  })
})
