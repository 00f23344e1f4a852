import type { ServerLimits } from '../server-limits.ts'
import { backendEndpoints } from './addresses.ts'
import type { Addresses } from './addresses.ts'
import type { ConfigurationFile } from './configuration-file.ts'
import { CONNECT_TIMEOUT, gatewayFigures, IDLE_TIMEOUT, wordTime } from './gateway-figures.ts'
import type { GatewayFigures } from './gateway-figures.ts'
import { indented, remarks, said, textOf } from './said-lines.ts'

/** For Varnish 6.0 and later. Before 7.6 it has no queue before a backend, and there the limit is the wide one. */
export function writeVarnish(limits: ServerLimits, addresses: Addresses): ConfigurationFile {
  const figures = gatewayFigures(limits)
  const { backends, queue, queueTimeoutMs } = figures
  const listed = backendEndpoints(backends.value, addresses.backends)
  const lines = [
    ...remarks(
      'Varnish 6.0 or later. Check it: varnishd -C -f $PWD/varnish.vcl',
      `Start it with -p backend_idle_timeout=${IDLE_TIMEOUT.value / 1000}: ${IDLE_TIMEOUT.from}`,
      `From Varnish 7.6 on, .wait_limit = ${queue.value}; .wait_timeout = ${wordVcl(queueTimeoutMs.value)}; in each backend lets ${queue.value} wait for ${wordTime(queueTimeoutMs.value)}: ${queue.from}`,
    ),
    'vcl 4.1;',
    'import directors;',
    '',
    ...probe(figures, addresses.healthPath),
    ...remarks(
      `${backends.value} backends: ${backends.from}`,
      `max_connections: ${figures.maxConcurrentWithoutQueue.from}; beyond it a fetch fails at once (503), so this is wider than where a queue follows`,
      `connect_timeout: ${CONNECT_TIMEOUT.from}`,
      `first_byte_timeout, between_bytes_timeout: ${figures.answerTimeoutMs.from}`,
    ),
    ...listed.map(({ host, port }, i) => backend(`b${i + 1}`, host, port, figures)),
    '',
    'sub vcl_init {',
    '  new app = directors.round_robin();',
    ...listed.map((_, i) => `  app.add_backend(b${i + 1});`),
    '}',
    '',
    'sub vcl_recv {',
    '  set req.backend_hint = app.backend();',
    '}',
    '',
    ...answers(figures),
  ]
  return { name: 'varnish.vcl', program: 'Varnish', text: textOf(lines) }
}

const wordVcl = (ms: number): string => `${(ms / 1000).toFixed(3)}s`

const probe = ({ answerTimeoutMs }: GatewayFigures, path: string): readonly string[] => [
  'probe health {',
  ...indented(2, [
    `.url = "${path}";`,
    ...said(
      `a probe must not fail because a backend is busy: they would be taken out one after the other; ${answerTimeoutMs.from}`,
      `.timeout = ${wordVcl(answerTimeoutMs.value)};`,
    ),
    '.interval = 2s;',
    '.window = 5;',
    '.threshold = 3;',
  ]),
  '}',
]

const backend = (
  name: string,
  host: string,
  port: number,
  { maxConcurrentWithoutQueue: most, answerTimeoutMs }: GatewayFigures,
): string => {
  const patience = wordVcl(answerTimeoutMs.value)
  return (
    `backend ${name} { .host = "${host}"; .port = "${port}"; .max_connections = ${most.value}; .connect_timeout = ${wordVcl(CONNECT_TIMEOUT.value)}; ` +
    `.first_byte_timeout = ${patience}; .between_bytes_timeout = ${patience}; .probe = health; }`
  )
}

const answers = ({ retries, retryAfter }: GatewayFigures): readonly string[] => [
  'sub vcl_backend_response {',
  ...indented(2, [
    ...said(
      'an answer that is too old is still given while a new one is fetched, and for an hour while none can be had',
      'set beresp.grace = 1h;',
    ),
    ...said(
      'an error does not take the place of an old answer',
      'if (beresp.status >= 500 && bereq.is_bgfetch) {',
    ),
    '  return (abandon);',
    '}',
  ]),
  '}',
  '',
  'sub vcl_backend_error {',
  ...indented(2, [
    ...(retries.value === 0
      ? remarks(`Tries after the first: ${retries.from}`)
      : [
          ...said(
            `where a backend is full or gone, the next one; ${retries.from}`,
            `if (bereq.retries < ${retries.value} && (bereq.method == "GET" || bereq.method == "HEAD")) {`,
          ),
          '  return (retry);',
          '}',
        ]),
    ...said(retryAfter.from, `set beresp.http.Retry-After = "${retryAfter.value}";`),
  ]),
  '}',
]
