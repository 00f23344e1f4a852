import { expect, test } from 'vitest'
import { repeatableFlags } from '../../../src/cli/repeatable-flags.ts'
import type { RunWish } from '../../../src/cli/run-order.ts'

const wish: RunWish = {
  scenarioPath: 'shop.yaml',
  overrides: {},
  allowedHosts: [],
  workers: 3,
  out: 'report.json',
  html: 'report.html',
  analysis: {},
}

test('what changes the load is repeated, word by word', () => {
  const changed: RunWish = {
    ...wish,
    overrides: {
      target: 'https://shop.example',
      set: ['stages.1.to=900/s', 'requests.0.get=/a b'],
      seed: 7,
      http: '2',
      search: { to: '900/s', gentle: true },
      promises: ['p99 < 300ms'],
      tls: { ca: ['a.pem', 'b.pem'], insecure: true, 'server-name': 'shop' },
    },
    allowedHosts: ['shop.example'],
    pacing: 'timer',
  }
  expect(repeatableFlags(changed).join(' | ')).toBe(
    '--target | https://shop.example | --set | stages.1.to=900/s | --set | requests.0.get=/a b | ' +
      '--allow-host | shop.example | --seed | 7 | --http | 2 | ' +
      '--ca | a.pem | --ca | b.pem | --insecure | --server-name | shop | ' +
      '--to | 900/s | --gentle | --promise | p99 < 300ms | --low-cpu',
  )
})

test('where the report goes and how many workers there are is not', () => {
  expect(repeatableFlags(wish)).toEqual([])
})
