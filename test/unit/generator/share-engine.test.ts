import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { engineOptions } from '../../../src/generator/share-engine.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { DEFAULT_TRANSPORT } from '../../../src/plan/transport.ts'
import { hold, planOf } from '../../support/simulate-result.ts'

const ADDRESS = { kind: 'tcp', host: '127.0.0.1', port: 80 } as const

const parts = (count: number, more: Partial<Plan>): readonly ReturnType<typeof engineOptions>[] =>
  Array.from({ length: count }, (_, index) =>
    engineOptions({
      plan: { ...planOf([hold('all', 1, 1)]), ...more },
      address: ADDRESS,
      share: { index, count },
    }),
  )

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

test('10 connections over 4 workers are 3, 3, 2 and 2', () => {
  expect(parts(4, { maxConnections: 10 }).map(({ maxConnections }) => maxConnections)).toEqual([3, 3, 2, 2])
})

test('connections and users add up to the whole, shared out as evenly as can be', () => {
  assert(
    property(integer({ min: 1, max: 64 }), integer({ min: 64, max: 5000 }), (workers, whole) => {
      const strategy = { kind: 'per-user', users: whole } as const
      const options = parts(workers, { maxConnections: whole, transport: { ...DEFAULT_TRANSPORT, strategy } })
      const connections = options.map(({ maxConnections }) => maxConnections)
      const users = options.map(({ transport }) =>
        transport.strategy.kind === 'per-user' ? transport.strategy.users : 0,
      )
      for (const shares of [connections, users]) {
        expect(sum(shares)).toBe(whole)
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1)
      }
    }),
  )
})

test('a plain target has no TLS, an https target has its host as the name', () => {
  expect(parts(1, {})[0]!.tls).toBeUndefined()
  const target = { protocol: 'https', host: 'shop.test', port: 443, basePath: '' } as const
  expect(parts(1, { target })[0]!.tls).toEqual({
    ca: [],
    verify: true,
    resume: true,
    serverName: 'shop.test',
  })
  const named = {
    ...DEFAULT_TRANSPORT,
    tls: { ca: [], verify: false, resume: false, serverName: 'other.test' },
  }
  expect(parts(1, { target, transport: named })[0]!.tls).toEqual({
    ca: [],
    verify: false,
    resume: false,
    serverName: 'other.test',
  })
})
