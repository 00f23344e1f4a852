import { expect, test } from 'vitest'
import { formatAddress } from '../../../src/http/address.ts'

test('addresses are written as they are read', () => {
  expect(formatAddress({ kind: 'tcp', host: '127.0.0.1', port: 80 })).toBe('127.0.0.1:80')
  expect(formatAddress({ kind: 'tcp', host: '::1', port: 8080 })).toBe('[::1]:8080')
  expect(formatAddress({ kind: 'unix', path: '/run/app.sock' })).toBe('unix:/run/app.sock')
})
