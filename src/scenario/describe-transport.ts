import type { Plan } from '../plan/plan.ts'
import { DEFAULT_TRANSPORT, transportOf } from '../plan/transport.ts'
import type { Transport } from '../plan/transport.ts'
import { formatNumber } from '../units/format.ts'

/** What is unlike the default, a line for each: the version of HTTP with its connections, and TLS. */
export function describeTransport(plan: Pick<Plan, 'transport'>): readonly string[] {
  const transport = transportOf(plan)
  const { protocol, strategy, tls } = transport
  const isPlain = protocol === 'http/1.1' && strategy.kind === 'keep-alive'
  return [
    ...(isPlain ? [] : [`over      ${nameProtocol(transport)}, ${describeConnections(transport)}`]),
    ...describeTls(tls).map((text, i) => (i === 0 ? 'tls' : '').padEnd(10) + text),
  ]
}

export const nameProtocol = ({ protocol }: Transport): string => (protocol === 'h2' ? 'HTTP/2' : 'HTTP/1.1')

function describeConnections({ protocol, streams, strategy }: Transport): string {
  if (protocol === 'h2') return `up to ${count(streams, 'stream')} on one connection`
  switch (strategy.kind) {
    case 'keep-alive':
      return 'connections are kept'
    case 'per-request':
      return 'a new connection for each request'
    case 'per-user':
      return `${count(strategy.users, 'user')} with connections of their own`
    case 'max-requests':
      return `a new connection after ${count(strategy.requests, 'answer')}`
    default:
      return strategy satisfies never
  }
}

function describeTls({ ca, certificate, verify, serverName, resume }: Transport['tls']): readonly string[] {
  return [
    ...(verify ? [] : ['any certificate is taken, whoever it is from']),
    ...ca.map(path => `trusts the authorities in ${path}`),
    ...(certificate === undefined ? [] : [`shows the client certificate ${certificate.cert}`]),
    ...(serverName === undefined ? [] : [`asks for the server ${serverName}`]),
    ...(resume === DEFAULT_TRANSPORT.tls.resume ? [] : ['every connection makes a full handshake']),
  ]
}

const count = (number: number, what: string): string =>
  `${formatNumber(number, 7)} ${number === 1 ? what : `${what}s`}`
