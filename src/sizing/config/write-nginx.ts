import { formatNumber } from '../../units/format.ts'
import type { Derived, ServerLimits } from '../server-limits.ts'
import { backendEndpoints, hostAndPort } from './addresses.ts'
import type { Addresses } from './addresses.ts'
import type { ConfigurationFile } from './configuration-file.ts'
import { CONNECT_TIMEOUT, gatewayFigures, IDLE_TIMEOUT } from './gateway-figures.ts'
import type { GatewayFigures } from './gateway-figures.ts'
import { listenAt } from './nginx-listen.ts'
import { workerConnections } from './worker-connections.ts'
import { indented, remarks, said, textOf } from './said-lines.ts'

/**
 * For nginx 1.18 and later, the free one. It cannot queue before a backend; but requests that `limit_req` delays are a queue before all of
 * them, which leaves at the rate that they carry together.
 */
export function writeNginx(limits: ServerLimits, addresses: Addresses): ConfigurationFile {
  const figures = gatewayFigures(limits)
  const connections = workerConnections(figures)
  const lines = [
    ...remarks('nginx 1.18 or later. Check it: nginx -t -c $PWD/nginx.conf'),
    'worker_processes auto;',
    `worker_rlimit_nofile ${2 * connections.value};`,
    'events {',
    ...indented(2, said(connections.from, `worker_connections ${connections.value};`)),
    '}',
    'http {',
    ...indented(2, [
      ...remarks('request_time − upstream_response_time is what a request waited here'),
      'log_format sized \'$remote_addr [$time_iso8601] "$request" $status $request_time $upstream_status $upstream_response_time $limit_req_status\';',
      'access_log /var/log/nginx/access.log sized;',
      ...upstream(limits, figures, addresses),
      ...protection(limits.ceiling),
      'server {',
      ...indented(2, server(figures, addresses)),
      '}',
    ]),
    '}',
  ]
  return { name: 'nginx.conf', program: 'nginx', text: textOf(lines) }
}

function upstream(
  limits: ServerLimits,
  { backends, maxConcurrentWithoutQueue: most, idle }: GatewayFigures,
  { backends: given }: Addresses,
): readonly string[] {
  const fails = failures(limits.capacity)
  return [
    'upstream app {',
    ...indented(2, [
      ...said(
        'shared by the workers: without it max_conns and max_fails would be for each of them',
        `zone app ${64 + 2 * backendEndpoints(backends.value, []).length}k;`,
      ),
      ...said('the next request goes where the fewest are', 'least_conn;'),
      ...remarks(
        `max_conns: ${most.from}; where all are full the answer is 502 (no live upstreams), so this is wider than where a queue follows`,
        `max_fails: ${fails.from}`,
        `${backends.value} backends: ${backends.from}`,
      ),
      ...backendEndpoints(backends.value, given).map(
        one =>
          `server ${hostAndPort(one)} max_conns=${most.value} max_fails=${fails.value} fail_timeout=10s;`,
      ),
      ...said(
        `idle connections that each worker keeps (with several workers they come on top of max_conns): ${idle.from}`,
        `keepalive ${idle.value};`,
      ),
      ...said(IDLE_TIMEOUT.from, `keepalive_timeout ${IDLE_TIMEOUT.value}ms;`),
    ]),
    '}',
  ]
}

/** nginx takes a backend out at its first failure unless told otherwise; under load the others then follow. */
function failures({ value, from }: Derived): Derived {
  return {
    value: Math.min(1_000_000, Math.max(3, Math.ceil(0.05 * 10 * value))),
    from: `5 % of what a backend answers in fail_timeout, ⌈0.05 × 10 s × C₁⌉, at least 3: by default one failure takes it out, and its load goes to the others; ${from}`,
  }
}

function protection(ceiling: Derived): readonly string[] {
  const { text, word } = nginxRate(ceiling.value)
  return [
    ...said(
      `one bucket for everybody, that leaks what the backends carry together, ${word}: ${ceiling.from}`,
      `limit_req_zone all zone=overload:32k rate=${text};`,
    ),
  ]
}

/** nginx reads whole numbers: per minute where cutting a rate per second would cost more than 1 %. */
export function nginxRate(perSecond: number): { readonly text: string; readonly word: string } {
  const whole = Math.floor(perSecond + 1e-9)
  if (whole >= 0.99 * perSecond)
    return { text: `${Math.min(whole, 1_000_000)}r/s`, word: 'down to a whole number' }
  return {
    text: `${Math.max(1, Math.floor(perSecond * 60 + 1e-9))}r/m`,
    word: `${formatNumber(perSecond)} × 60 s`,
  }
}

function server(
  { allQueued, retryAfter, answerTimeoutMs, retries, queueTimeoutMs }: GatewayFigures,
  { listen }: Addresses,
): readonly string[] {
  return [
    `listen ${listenAt(listen)};`,
    'location / {',
    ...indented(2, [
      ...said(
        `so many wait for their turn, at most n × q / X(n), about T_q (${queueTimeoutMs.from}), the rest is turned away at once. With nodelay nobody would wait, and the backends would get the burst. ${allQueued.from}`,
        `limit_req zone=overload burst=${allQueued.value};`,
      ),
      ...said(
        'Service Unavailable: everybody together is too much. 429 would say that this client alone is',
        'limit_req_status 503;',
      ),
      'limit_req_log_level warn;',
      'proxy_pass http://app;',
      ...said('connections to the backends are kept only with these two', 'proxy_http_version 1.1;'),
      'proxy_set_header Connection "";',
      'proxy_set_header Host $host;',
      'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
      ...said(CONNECT_TIMEOUT.from, `proxy_connect_timeout ${CONNECT_TIMEOUT.value}ms;`),
      ...said(`${answerTimeoutMs.from}; then 504`, `proxy_read_timeout ${answerTimeoutMs.value}ms;`),
      `proxy_send_timeout ${answerTimeoutMs.value}ms;`,
      ...said(
        `connections that failed; not timeout, as by default: what is late because of load would be done twice. ${retries.from}`,
        `proxy_next_upstream ${retries.value === 0 ? 'off' : 'error'};`,
      ),
      `proxy_next_upstream_tries ${1 + retries.value};`,
      `proxy_next_upstream_timeout ${answerTimeoutMs.value}ms;`,
    ]),
    '}',
    'error_page 503 @overloaded;',
    'location @overloaded {',
    ...indented(2, [
      ...said(retryAfter.from, `add_header Retry-After ${retryAfter.value} always;`),
      'default_type text/plain;',
      'return 503 "overloaded";',
    ]),
    '}',
  ]
}
