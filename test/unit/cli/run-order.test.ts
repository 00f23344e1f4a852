import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { announce } from '../../../src/cli/announce.ts'
import type { Effects } from '../../../src/cli/effects.ts'
import { nodeEffects } from '../../../src/cli/node-effects.ts'
import { prepareRun } from '../../../src/cli/run-order.ts'
import type { RunOrder, RunWish } from '../../../src/cli/run-order.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plimsoll-order-'))
})
afterAll(() => rm(folder, { recursive: true }))

const real = nodeEffects()
/** A machine with eight processors. */
const effects: Effects = { ...real, machine: { ...real.machine, cores: 8 } }

/** The order that a scenario to this machine makes, with what is wished besides. */
async function orderOf(lines: string, wish: Partial<RunWish> = {}): Promise<RunOrder> {
  const scenarioPath = join(folder, 'shop.yaml')
  await writeFile(scenarioPath, `target: https://127.0.0.1:9\nseed: 3\n${lines}\n`)
  const common = { scenarioPath, overrides: {}, allowedHosts: [], workers: undefined, html: undefined }
  const prepared = await prepareRun(
    { ...common, out: join(folder, 'out.json'), analysis: {}, ...wish },
    effects,
  )
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems))
  return prepared.value
}

const OPEN = 'stages: [{ rate: 10/s, for: 5s }]'
const CLOSED = 'model: closed\nconnections: [1, 4]'

describe('workers', () => {
  test.each([
    ['one processor is left to the rest of the machine', OPEN, undefined, 7],
    ['as many as asked for', OPEN, 20, 20],
    ['a closed model has one', CLOSED, undefined, 1],
    ['unless asked for more', CLOSED, 3, 3],
    ['none is without a connection', `${OPEN}\nmax-connections: 5`, 20, 5],
    ['nor without a connection of the highest rung', CLOSED, 20, 4],
    ['nor without a user', `${OPEN}\nconnection-strategy: { per-user: 2 }`, 20, 2],
    ['by default neither', `${OPEN}\nmax-connections: 5`, undefined, 5],
  ])('%s', async (_, lines, workers, expected) => {
    expect((await orderOf(lines, { workers })).workers).toBe(expected)
  })

  test('fewer than were asked for are announced as such; fewer than the default are just that', async () => {
    const lines = `${OPEN}\nmax-connections: 5`
    expect(announce(await orderOf(lines, { workers: 6 })).split('\n')[1]).toBe(
      '--workers 6 is lowered to 5: there is no connection for more',
    )
    expect(announce(await orderOf(lines))).not.toContain('\n')
  })
})

describe('the announcement', () => {
  test('of an open model has its rate and its requests: 10/s for 5 s are 50', async () => {
    expect(announce(await orderOf(OPEN))).toBe(
      'shop: https://127.0.0.1:9, 1 stage up to 10/s, about 50 requests in 5 s, 7 workers, seed 3',
    )
  })

  test('of a closed one has its ladder: two rungs of 5 s', async () => {
    expect(announce(await orderOf(CLOSED))).toBe(
      'shop: https://127.0.0.1:9, closed model, 2 stages up to 4 connections in 10 s, 1 worker, seed 3',
    )
  })

  test('names what is unlike the usual: HTTP/2, certificates that nobody checks, sleeping instead of spinning', async () => {
    const overrides = { http: '2', tls: { insecure: true } } as const
    expect(announce(await orderOf(OPEN, { overrides, pacing: 'timer' }))).toBe(
      'shop: https://127.0.0.1:9, HTTP/2, certificates not checked, 1 stage up to 10/s, about 50 requests in 5 s, ' +
        '7 workers, low-CPU pacing, seed 3',
    )
  })
})
