import { describe, expect, test } from 'vitest'
import { placed, planOf, planWith, problemsOf, STAGES } from './reading.ts'

const S = 1e9

test('a scenario becomes a plan with every quantity in its base unit', () => {
  const plan = planOf(`
name: storefront launch
target: http://127.0.0.1:8080
arrivals: even
seed: 7
deadline: 500ms
max-connections: 64
stages:
  - { name: warm-up, rate: 600/min, for: 10s, warmup: true }
  - { name: ramp, from: 0/s, to: 1500/s, for: 1m }
requests:
  - { name: home, weight: 8, get: / }
  - { name: checkout, post: /checkout, json: { sku: 42 }, expect: [201, 202], deadline: 2s }
promises:
  - errors < 0.1%
`)
  expect(plan).toEqual({
    schema: 'plimsoll/plan@1',
    name: 'storefront launch',
    target: { protocol: 'http', host: '127.0.0.1', port: 8080, basePath: '' },
    arrivals: 'even',
    stages: [
      { name: 'warm-up', from: 10, to: 10, for: 10 * S, warmup: true },
      { name: 'ramp', from: 0, to: 1500, for: 60 * S, warmup: false },
    ],
    requests: [
      { name: 'home', weight: 8, method: 'GET', path: '/', headers: [], expect: [], deadline: 0.5 * S },
      {
        name: 'checkout',
        weight: 1,
        method: 'POST',
        path: '/checkout',
        headers: [['content-type', 'application/json']],
        body: '{"sku":42}',
        expect: [201, 202],
        deadline: 2 * S,
      },
    ],
    promises: [{ kind: 'errors', text: 'errors < 0.1%', limit: 0.001 }],
    seed: 7,
    maxConnections: 64,
  })
})

test('a scenario without requests asks for / and is named after its file', () => {
  const plan = planOf(`target: http://shop.test\n${STAGES}`)
  expect(plan.name).toBe('shop')
  expect(plan.arrivals).toBe('poisson')
  expect(plan.maxConnections).toBe(10_000)
  expect(plan.promises).toEqual([])
  expect(plan.requests).toEqual([
    { name: 'GET /', weight: 1, method: 'GET', path: '/', headers: [], expect: [], deadline: 10 * S },
  ])
})

test('all problems come at once, down the file, each with its place', () => {
  const text = `target: localhost:8080
arivals: even
deadline: 10
stages:
  - { name: ramp, raet: 200/s, for: 10s }
  - { rate: 200, for: 0s }
requests:
  - { get: home }
promises:
  - p99 < 300
`
  expect(problemsOf(text).map(placed)).toEqual([
    'shop.yaml:1:9 scenario/target-scheme',
    'shop.yaml:2:1 scenario/unknown-key',
    'shop.yaml:3:11 scenario/duration-without-unit',
    'shop.yaml:5:5 scenario/stage-rate',
    'shop.yaml:5:19 scenario/unknown-key',
    'shop.yaml:6:13 scenario/rate-without-unit',
    'shop.yaml:6:23 scenario/duration-out-of-range',
    'shop.yaml:8:12 scenario/path',
    'shop.yaml:10:5 scenario/promise-limit',
  ])
})

test('a number without a unit says what to write', () => {
  const problems = problemsOf('target: http://a\ndeadline: 10\nstages: [{ rate: 200, for: 30 }]')
  expect(problems.map(({ fix }) => fix)).toEqual([
    'write deadline: 10s',
    'write rate: 200/s',
    'write for: 30s',
  ])
  expect(problems[1]!.message).toBe('stages.0.rate is 200; a rate says how many per what')
})

describe('an unknown key names the nearest one', () => {
  test.each([
    ['arivals: even', 'write arrivals'],
    ['max_connections: 5', 'write max-connections'],
    ['stages: [{ raet: 5/s, rate: 5/s, for: 1s }]', 'write rate'],
    ['requests: [{ get: /, wieght: 5 }]', 'write weight'],
  ])('%s', (lines, fix) => {
    const text = lines.startsWith('stages') ? lines : `${lines}\n${STAGES}`
    expect(problemsOf(text, { target: 'http://a' })).toEqual([
      expect.objectContaining({ code: 'scenario/unknown-key', fix }),
    ])
  })

  test('and where none is near, all that there are', () => {
    const [problem] = problemsOf('target: http://a\nstages: [{ rate: 5/s, for: 1s, xyzzy: 1 }]')
    expect(problem!.fix).toBe('the keys here are: name, rate, from, to, for, steps, each, warmup')
  })
})

describe('flags', () => {
  test('--target and --seed win over the file, and need not be in it', () => {
    const flags = { target: 'https://shop.test', seed: 5 }
    expect(planOf(STAGES, flags).target).toEqual({
      protocol: 'https',
      host: 'shop.test',
      port: 443,
      basePath: '',
    })
    expect(planOf(`target: nonsense\nseed: 4\n${STAGES}`, flags).seed).toBe(5)
  })

  test('the default seed is for a file without one', () => {
    expect(planOf(`target: http://a\n${STAGES}`, { defaultSeed: 9 }).seed).toBe(9)
    expect(planOf(`target: http://a\nseed: 4\n${STAGES}`, { defaultSeed: 9 }).seed).toBe(4)
    expect(planOf(`target: http://a\n${STAGES}`).seed).toBe(1)
  })

  test('a bad flag is a problem at that flag', () => {
    expect(problemsOf(STAGES, { target: 'shop', seed: 1.5 }).map(placed)).toEqual([
      '--target scenario/target-scheme',
      '--seed scenario/not-a-whole-number',
    ])
  })

  test('no target anywhere is a problem, and so are no stages', () => {
    expect(problemsOf('name: a').map(placed)).toEqual([
      'shop.yaml:1:1 scenario/target-missing',
      'shop.yaml:1:1 scenario/stages-missing',
    ])
  })
})

test('user and password of the target become a header of every request', () => {
  // RFC 7617, section 2: Aladdin with the password "open sesame".
  const aladdin = 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=='
  const target = 'http://Aladdin:open%20sesame@shop.test'
  expect(planOf(STAGES, { target }).requests[0]!.headers).toEqual([['authorization', aladdin]])
  const own = `headers: { Authorization: mine }\n${STAGES}`
  expect(planOf(own, { target }).requests[0]!.headers).toEqual([['Authorization', 'mine']])
})

test('values out of range are problems', () => {
  expect(planWith('deadline: 120s').requests[0]!.deadline).toBe(120 * S)
  const problems = problemsOf('target: http://a\ndeadline: 121s\nseed: -1\nmax-connections: 0\n' + STAGES)
  expect(problems.map(placed)).toEqual([
    'shop.yaml:2:11 scenario/duration-out-of-range',
    'shop.yaml:3:7 scenario/not-a-whole-number',
    'shop.yaml:4:18 scenario/not-a-whole-number',
  ])
})
