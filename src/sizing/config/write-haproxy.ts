import type { ServerLimits } from '../server-limits.ts'
import { backendEndpoints, hostAndPort } from './addresses.ts'
import type { Addresses } from './addresses.ts'
import type { ConfigurationFile } from './configuration-file.ts'
import { CONNECT_TIMEOUT, gatewayFigures, IDLE_TIMEOUT } from './gateway-figures.ts'
import type { GatewayFigures } from './gateway-figures.ts'
import { indented, remarks, said, textOf } from './said-lines.ts'

/** For HAProxy 2.6 and later: m requests at a time to each backend, q waiting for it at most T_q long, the rest turned away at once. */
export function writeHaproxy(limits: ServerLimits, addresses: Addresses): ConfigurationFile {
  const figures = gatewayFigures(limits)
  const lines = [
    ...remarks(
      'HAProxy 2.6 or later. Check it: haproxy -c -f haproxy.cfg',
      `Every waiting client holds a connection: global maxconn, which HAProxy takes from ulimit -n, has to be well above n × (m + q) = ${figures.allConcurrent.value + figures.allQueued.value}`,
    ),
    'global',
    '  log stdout format raw local0 info',
    '',
    'defaults',
    '  mode http',
    '  log global',
    '  option httplog',
    ...indented(2, timeouts(figures)),
    '',
    'frontend site',
    `  bind ${hostAndPort(addresses.listen)}`,
    '  default_backend app',
    '',
    'backend app',
    ...indented(2, [...queueing(figures), ...retrying(figures), ...servers(limits, figures, addresses)]),
  ]
  return { name: 'haproxy.cfg', program: 'HAProxy', text: textOf(lines) }
}

function timeouts({ queueTimeoutMs, answerTimeoutMs }: GatewayFigures): readonly string[] {
  return [
    ...said('against clients that send a request slowly or not at all', 'timeout http-request 10s'),
    'timeout http-keep-alive 10s',
    ...said(CONNECT_TIMEOUT.from, `timeout connect ${CONNECT_TIMEOUT.value}ms`),
    ...said(
      `${queueTimeoutMs.from}; then 503. Without this line it would be timeout connect`,
      `timeout queue ${queueTimeoutMs.value}ms`,
    ),
    ...said(`${answerTimeoutMs.from}; then 504`, `timeout server ${answerTimeoutMs.value}ms`),
    ...said(
      'clients that stand still while they send or read, and some are on bad lines',
      `timeout client ${Math.max(30_000, answerTimeoutMs.value)}ms`,
    ),
    ...said(
      'a check must not fail because a backend is busy: they would be taken out one after the other',
      `timeout check ${answerTimeoutMs.value}ms`,
    ),
  ]
}

function queueing({ queue, retryAfter }: GatewayFigures): readonly string[] {
  return [
    ...said(
      'the next request goes where the fewest are, so that a slow backend gets less',
      'balance leastconn',
    ),
    ...remarks(
      `More than q for each backend wait already: turned away at once, not after T_q. ${queue.from}`,
      `Retry-After: ${retryAfter.from}`,
    ),
    `http-request return status 503 content-type text/plain string "overloaded" hdr Retry-After ${retryAfter.value} if { avg_queue gt ${queue.value} }`,
  ]
}

function retrying({ retries }: GatewayFigures): readonly string[] {
  return [
    ...said(
      `connections that failed, and no requests that a backend may have begun; ${retries.from}`,
      `retries ${retries.value}`,
    ),
    'retry-on conn-failure',
    ...said('at once, at another backend', 'option redispatch 1'),
  ]
}

function servers(
  limits: ServerLimits,
  { backends, maxConcurrent, queue }: GatewayFigures,
  { backends: given, healthPath }: Addresses,
): readonly string[] {
  return [
    ...said(
      'good: an answer of 200 to 399. Where backends want a name, add to the next line: ver HTTP/1.1 hdr Host example.com',
      'option httpchk',
    ),
    `http-check send meth GET uri ${healthPath}`,
    ...remarks(
      `maxconn, requests at a time: m = ${maxConcurrent.from}; ${limits.concurrency.from}`,
      `maxqueue: ${queue.from}; 0 would be unlimited`,
      `pool-purge-delay: ${IDLE_TIMEOUT.from}`,
      'check: out after 3 × 2 s, back after 2 × 2 s',
    ),
    `default-server maxconn ${maxConcurrent.value} maxqueue ${queue.value} pool-purge-delay ${IDLE_TIMEOUT.value}ms check inter 2s fall 3 rise 2`,
    ...remarks(`${backends.value} backends: ${backends.from}`),
    ...backendEndpoints(backends.value, given).map((one, i) => `server b${i + 1} ${hostAndPort(one)}`),
  ]
}
