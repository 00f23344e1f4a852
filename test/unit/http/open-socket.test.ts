import { expect, test } from 'vitest'
import { SocketOpener } from '../../../src/http/open-socket.ts'
import type { TlsMaterial } from '../../../src/http/tls-material.ts'

const TLS: TlsMaterial = { ca: [], verify: true, serverName: 'example.com', resume: true }

test('a TLS connection can carry a request after its handshake, not before', () => {
  const address = { kind: 'tcp', host: '127.0.0.1', port: 443 } as const
  expect(new SocketOpener(address, TLS).event).toBe('secureConnect')
  expect(new SocketOpener(address, undefined).event).toBe('connect')
  expect(new SocketOpener({ kind: 'unix', path: '/x' }, undefined).event).toBe('connect')
})

test('a certificate that is none is refused before any connection', () => {
  const address = { kind: 'tcp', host: '127.0.0.1', port: 443 } as const
  expect(() => new SocketOpener(address, { ...TLS, cert: 'no pem', key: 'no pem' })).toThrow(/PEM/)
})
