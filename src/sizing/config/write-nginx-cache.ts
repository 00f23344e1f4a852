import type { ServerLimits } from '../server-limits.ts'
import { hostAndPort } from './addresses.ts'
import type { Addresses } from './addresses.ts'
import type { ConfigurationFile } from './configuration-file.ts'
import { gatewayFigures, IDLE_TIMEOUT } from './gateway-figures.ts'
import { listenAt } from './nginx-listen.ts'
import { workerConnections } from './worker-connections.ts'
import { indented, remarks, said, textOf } from './said-lines.ts'

/**
 * A cache, if there is to be one: an nginx of its own before that of `nginx.conf`. In the same server `limit_req` would come first
 * and hold back the very requests that the cache answers.
 */
export function writeNginxCache(limits: ServerLimits, { listen }: Addresses): ConfigurationFile {
  const figures = gatewayFigures(limits)
  const { answerTimeoutMs, idle } = figures
  const connections = workerConnections(figures)
  const limiter = { ...listen, host: listen.host === '' ? '127.0.0.1' : listen.host }
  const lines = [
    ...remarks(
      'If answers may be cached: an nginx of its own, before the one of nginx.conf. Check it: nginx -t -c $PWD/nginx-cache.conf',
      'In one server with limit_req the limit would come first, and hold back what the cache answers',
    ),
    'worker_processes auto;',
    `worker_rlimit_nofile ${2 * connections.value};`,
    'events {',
    ...indented(2, said(connections.from, `worker_connections ${connections.value};`)),
    '}',
    'http {',
    ...indented(2, [
      'access_log /var/log/nginx/access.log;',
      ...remarks('what answers say in Cache-Control and Expires decides; without either they are not kept'),
      'proxy_cache_path /var/lib/nginx/sized levels=1:2 keys_zone=sized:64m max_size=1g inactive=1h use_temp_path=off;',
      'upstream limiter {',
      ...indented(2, [
        ...said('one server is never taken out, whatever max_fails says', `server ${hostAndPort(limiter)};`),
        ...said(idle.from, `keepalive ${idle.value};`),
        ...said(IDLE_TIMEOUT.from, `keepalive_timeout ${IDLE_TIMEOUT.value}ms;`),
      ]),
      '}',
      'server {',
      ...indented(2, [
        `listen ${listenAt({ ...listen, port: listen.port + 1 })};`,
        'location / {',
        ...indented(2, cached(answerTimeoutMs.value, answerTimeoutMs.from)),
        '}',
      ]),
      '}',
    ]),
    '}',
  ]
  return { name: 'nginx-cache.conf', program: 'nginx', text: textOf(lines) }
}

const cached = (timeoutMs: number, from: string): readonly string[] => [
  'proxy_pass http://limiter;',
  'proxy_http_version 1.1;',
  'proxy_set_header Connection "";',
  'proxy_set_header Host $host;',
  `proxy_read_timeout ${2 * timeoutMs}ms;`,
  'proxy_next_upstream off;',
  'proxy_cache sized;',
  ...said(
    'of all who ask for the same at once, one asks the backends: after a purge the peak would else reach them whole',
    'proxy_cache_lock on;',
  ),
  ...said(
    `who waits longer asks the backends too, uncached (default 5 s), so it is the time after which an answer is given up: ${from}`,
    `proxy_cache_lock_timeout ${timeoutMs}ms;`,
  ),
  `proxy_cache_lock_age ${timeoutMs}ms;`,
  ...said(
    'rather an old answer than none, also where the limit turned the request away (503)',
    'proxy_cache_use_stale error timeout updating http_500 http_502 http_503 http_504;',
  ),
  'proxy_cache_background_update on;',
  'proxy_cache_revalidate on;',
]
