import { describe, expect, test } from 'vitest'
import { DEFAULT_TRANSPORT } from '../../../src/plan/transport.ts'
import { placed, planOf, planWith, problemsOf, STAGES } from './reading.ts'

const HTTPS = { target: 'https://shop.test' }
const transportWith = (lines: string): unknown => planOf(`${lines}\n${STAGES}`, HTTPS).transport
const faults = (lines: string, target = 'https://shop.test'): readonly string[] =>
  problemsOf(`${lines}\n${STAGES}`, { target }).map(({ code, fix }) => `${code}: ${fix}`)

test('a plan says nothing of its transport where the scenario says nothing else than the default', () => {
  expect(planWith('')).not.toHaveProperty('transport')
  expect(planWith('')).not.toHaveProperty('model')
  expect(planWith('http: 1.1\nconnection-strategy: keep-alive')).not.toHaveProperty('transport')
  expect(transportWith('tls: { insecure: false, resume: true }')).toBeUndefined()
})

describe('http and streams', () => {
  test.each(['2', '"2"', 'h2', '2.0'])('http: %s is HTTP/2, with 100 streams on a connection', version => {
    expect(transportWith(`http: ${version}`)).toEqual({ ...DEFAULT_TRANSPORT, protocol: 'h2' })
  })

  test('streams are those of one connection', () => {
    expect(transportWith('http: 2\nstreams: 7')).toEqual({ ...DEFAULT_TRANSPORT, protocol: 'h2', streams: 7 })
  })

  test.each([
    ['http: 3', 'scenario/http-version: write http: 2, or remove it for HTTP/1.1'],
    ['http: [2]', 'scenario/http-version: write http: 2, or remove it for HTTP/1.1'],
    ['streams: 7', 'scenario/streams: add http: 2, or remove streams'],
    ['http: 1.1\nstreams: 7', 'scenario/streams: add http: 2, or remove streams'],
    ['http: 2\nstreams: 1001', 'scenario/not-a-whole-number: write, for example, streams: 1000'],
  ])('%s is a problem', (lines, fault) => expect(faults(lines)).toEqual([fault]))

  test('a wrong version is one problem, not another about streams besides', () => {
    expect(faults('http: 3\nstreams: 7')).toHaveLength(1)
  })
})

describe('connection-strategy', () => {
  test.each([
    ['per-request', { kind: 'per-request' }],
    ['{ per-user: 500 }', { kind: 'per-user', users: 500 }],
    ['{ max-requests: 100 }', { kind: 'max-requests', requests: 100 }],
  ])('%s', (text, strategy) => {
    expect(transportWith(`connection-strategy: ${text}`)).toEqual({ ...DEFAULT_TRANSPORT, strategy })
  })

  test.each([
    ['per-user', 'scenario/strategy: write connection-strategy: { per-user: 500 }'],
    ['max-requests', 'scenario/strategy: write connection-strategy: { max-requests: 100 }'],
    ['per-requests', 'scenario/strategy: write connection-strategy: per-request'],
    [
      'xyzzy',
      'scenario/strategy: write one of keep-alive, per-request, { per-user: 500 }, { max-requests: 100 }',
    ],
    ['{ per-usr: 5 }', 'scenario/unknown-key: write per-user'],
    ['{ per-user: 0 }', 'scenario/not-a-whole-number: write, for example, per-user: 1'],
  ])('%s is a problem that says how to write it', (text, fault) => {
    expect(faults(`connection-strategy: ${text}`)).toContain(fault)
  })

  test('one that closes connections does not go with HTTP/2, which keeps them', () => {
    expect(faults('http: 2\nconnection-strategy: per-request')).toEqual([
      'scenario/kept-connections: remove connection-strategy, or http: 2',
    ])
    expect(faults('http: 2\nconnection-strategy: keep-alive')).toEqual([])
  })

  test('every user has a connection: 6 of them do not fit on 5', () => {
    expect(faults('max-connections: 5\nconnection-strategy: { per-user: 6 }')).toEqual([
      'scenario/too-few-connections: write max-connections: 6, or a smaller number here',
    ])
    expect(faults('max-connections: 6\nconnection-strategy: { per-user: 6 }')).toEqual([])
  })
})

describe('tls', () => {
  const tlsOf = (lines: string, file: string): unknown => {
    const text = `target: https://shop.test\n${lines}\n${STAGES}`
    return planOf(text, {}, file).transport?.tls
  }

  test('paths in a file are relative to its folder', () => {
    const tls = 'tls: { ca: [ca.pem, ../all.pem, /etc/ca.pem], cert: ./me.pem, key: keys/me.key }'
    expect(tlsOf(tls, 'scenarios/shop.yaml')).toEqual({
      ca: ['scenarios/ca.pem', 'scenarios/../all.pem', '/etc/ca.pem'],
      certificate: { cert: 'scenarios/me.pem', key: 'scenarios/keys/me.key' },
      verify: true,
      resume: true,
    })
    expect(tlsOf('tls: { ca: ./ca.pem }', 'shop.yaml')).toMatchObject({ ca: ['ca.pem'] })
  })

  test('any certificate, another name, full handshakes', () => {
    expect(tlsOf('tls: { insecure: true, server-name: a.example, resume: false }', 'shop.yaml')).toEqual({
      ca: [],
      verify: false,
      serverName: 'a.example',
      resume: false,
    })
  })

  test.each([
    ['{ cert: a.pem }', 'scenario/tls-pair: add key: client.key (or --key)'],
    ['{ key: a.key }', 'scenario/tls-pair: add cert: client.pem (or --cert)'],
    ['{ server-name: 127.0.0.1 }', 'scenario/server-name: write, for example, server-name: shop.example'],
    ['{ server-name: "::1" }', 'scenario/server-name: write, for example, server-name: shop.example'],
    ['{ servername: a }', 'scenario/unknown-key: write server-name'],
    ['{ insecure: yes please }', 'scenario/not-a-choice: write insecure: true, or remove it'],
    ['true', 'scenario/not-a-mapping: write, for example, tls: { ca: ca.pem }'],
    ['{ ca: "" }', 'scenario/tls-file: write ca: and the path of a PEM file, or remove it'],
  ])('tls: %s is a problem', (text, fault) => expect(faults(`tls: ${text}`)).toEqual([fault]))

  test('authorities are of no use where any certificate is taken', () => {
    const [fault] = faults('tls: { ca: a.pem, insecure: true }')
    expect(fault).toMatch(/^scenario\/insecure-with-ca: keep ca .*or insecure: true/)
  })

  test.each(['http://shop.test', 'unix:/run/app.sock'])('there is none to %s', target => {
    expect(faults('tls: { insecure: true }', target)).toEqual([
      expect.stringMatching(/^scenario\/tls-without-https: write target: https:/),
    ])
  })
})

describe('flags', () => {
  const text = `tls: { ca: old.pem, resume: false }\nhttp: 1.1\n${STAGES}`

  test('win over the file, one by one; their paths are relative to the working folder', () => {
    const flags = { ...HTTPS, http: '2', tls: { ca: ['new.pem', 'b/c.pem'], 'server-name': 'a.example' } }
    expect(planOf(text, flags, 'scenarios/shop.yaml').transport).toEqual({
      ...DEFAULT_TRANSPORT,
      protocol: 'h2',
      tls: { ca: ['new.pem', 'b/c.pem'], verify: true, serverName: 'a.example', resume: false },
    })
  })

  test('bring tls where the file has none, and so does --set', () => {
    expect(planOf(STAGES, { ...HTTPS, tls: { insecure: true } }).transport?.tls.verify).toBe(false)
    const set = { ...HTTPS, set: ['tls.ca=ca.pem'] }
    expect(planOf(STAGES, set, 'scenarios/shop.yaml').transport?.tls.ca).toEqual(['ca.pem'])
  })

  test('come after every --set', () => {
    const both = { ...HTTPS, set: ['http=1.1'], http: '2' }
    expect(planOf(STAGES, both).transport?.protocol).toBe('h2')
  })

  test('have the same problems, at the flag', () => {
    const placesOf = (tls: Record<string, string | true>, target?: string): readonly string[] =>
      problemsOf(text, { target: target ?? 'https://a', tls }).map(placed)
    expect(placesOf({ cert: 'me.pem' })).toEqual(['--cert scenario/tls-pair'])
    expect(placesOf({ insecure: true })).toEqual(['--insecure scenario/insecure-with-ca'])
    expect(placesOf({ 'server-name': '::1' })).toEqual(['--server-name scenario/server-name'])
    expect(problemsOf(STAGES, { target: 'http://a', tls: { insecure: true } }).map(placed)).toEqual([
      '--insecure scenario/tls-without-https',
    ])
  })
})
