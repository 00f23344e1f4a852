import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { formatTarget } from '../../../src/plan/plan.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { loadScenario, loadUrl } from '../../../src/scenario/load.ts'
import type { ScenarioOverrides } from '../../../src/scenario/overrides.ts'
import { isUrl } from '../../../src/scenario/url-scenario.ts'
import { placed } from './reading.ts'

async function planFor(url: string, overrides: ScenarioOverrides = {}): Promise<Plan> {
  const loaded = await loadUrl(url, overrides)
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
  return loaded.value.plan
}

test.each([
  ['http://127.0.0.1:8080', '127.0.0.1:8080', 'http://127.0.0.1:8080', '/'],
  ['http://127.0.0.1:8080/path?x=1&y', '127.0.0.1:8080', 'http://127.0.0.1:8080', '/path?x=1&y'],
  ['https://shop.example?x=1', 'shop.example', 'https://shop.example', '/?x=1'],
  ['HTTP://[::1]:81/a/', '[::1]:81', 'http://[::1]:81', '/a/'],
  ['unix:/run/app.sock', 'app.sock', 'unix:/run/app.sock', '/'],
  ['unix:/run/app.sock:/a?b', 'app.sock', 'unix:/run/app.sock', '/a?b'],
])('%s stands for a search for the capacity of one GET', async (url, name, target, path) => {
  const plan = await planFor(url)
  expect([plan.name, formatTarget(plan.target), plan.stages]).toEqual([name, target, []])
  expect(plan.requests).toMatchObject([{ name: `GET ${path}`, method: 'GET', path }])
  expect(plan.search).toMatchObject({ from: 20, to: 100_000 })
})

test('flags say what a file would', async () => {
  const search = { from: '100/s', budget: '20s', gentle: true } as const
  const plan = await planFor('http://a', { search, promises: ['p99 < 1s'], set: ['deadline=2s'], seed: 7 })
  expect(plan).toMatchObject({ seed: 7, promises: [{ text: 'p99 < 1s' }], requests: [{ deadline: 2e9 }] })
  expect(plan.search).toMatchObject({ from: 100, budget: 20e9, gentle: true, slow: { within: 1e9 } })
})

test('user and password become a header, and no part of the name', async () => {
  const plan = await planFor('http://ann:secret@shop.example/')
  expect([plan.name, formatTarget(plan.target)]).toEqual(['shop.example', 'http://shop.example'])
  expect(plan.requests[0]!.headers).toEqual([['authorization', 'Basic YW5uOnNlY3JldA==']])
})

test('there is no text, and the digest is that of the URL', async () => {
  const digest = createHash('sha256').update('http://a/').digest('hex')
  expect(await loadUrl('http://a/', {})).toMatchObject({ ok: true, value: { text: null, digest } })
})

test.each([
  ['http://', 'scenario/target-host'],
  ['http:///x', 'scenario/target-host'],
  ['http://a:99999', 'scenario/target-port'],
  ['http://a/two words', 'scenario/path'],
  ['http://a/#top', 'scenario/path'],
  ['unix:app.sock', 'scenario/target-socket'],
])('a problem of %s stands at the URL', async (url, code) => {
  const loaded = await loadUrl(url, {})
  expect(loaded.ok ? [] : loaded.problems.map(placed)).toEqual([`${url} ${code}`])
})

test('a URL is told from the path of a file', () => {
  expect(['http://a', 'HTTPS://a', 'unix:/a'].map(isUrl)).toEqual([true, true, true])
  expect(['a.yaml', 'localhost:80', './http:/a', 'http'].map(isUrl)).toEqual([false, false, false, false])
})

test.each(['localhost:8080', '127.0.0.1:3000/shop'])(
  '%s, which is no file, is answered with its URL',
  async word => {
    const loaded = await loadScenario(word, {})
    expect(loaded.ok ? '' : loaded.problems[0]!.fix).toBe(
      `write http://${word} to search for the capacity of that address`,
    )
  },
)
