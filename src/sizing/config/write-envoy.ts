import { formatShare } from '../../units/format.ts'
import type { ServerLimits } from '../server-limits.ts'
import { backendEndpoints } from './addresses.ts'
import type { Addresses, Endpoint } from './addresses.ts'
import type { ConfigurationFile } from './configuration-file.ts'
import { CONNECT_TIMEOUT, gatewayFigures, IDLE_TIMEOUT } from './gateway-figures.ts'
import type { GatewayFigures } from './gateway-figures.ts'
import { indented, remarks, said, textOf } from './said-lines.ts'

/** How many retries Envoy always allows, so that a budget means something where hardly anything is under way (its default). */
const LEAST_RETRIES_AT_ONCE = 3

/** For Envoy's API v3 as of 1.22 and later. Its limits are for the whole cluster, so they are n·m and n·q. */
export function writeEnvoy(limits: ServerLimits, addresses: Addresses): ConfigurationFile {
  const figures = gatewayFigures(limits)
  const lines = [
    ...remarks('Envoy 1.22 or later. Check it: envoy --mode validate -c envoy.yaml'),
    'static_resources:',
    ...indented(2, [...listener(figures, addresses.listen), ...cluster(limits, figures, addresses)]),
  ]
  return { name: 'envoy.yaml', program: 'Envoy', text: textOf(lines) }
}

const duration = (ms: number): string => `${(ms / 1000).toFixed(3)}s`

const typed = (type: string): string => `"@type": type.googleapis.com/${type}`

function address(indent: string, { host, port }: Endpoint): string {
  return `${indent}socket_address: { address: "${host === '' ? '0.0.0.0' : host}", port_value: ${port} }`
}

const ROUTER = 'envoy.extensions.filters.http.router.v3.Router'
const MANAGER = 'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager'

function listener(figures: GatewayFigures, listen: Endpoint): readonly string[] {
  return [
    'listeners:',
    '  - name: site',
    '    address:',
    address('      ', listen),
    '    filter_chains:',
    '      - filters:',
    '          - name: envoy.filters.network.http_connection_manager',
    '            typed_config:',
    `              ${typed(MANAGER)}`,
    '              stat_prefix: site',
    '              http_filters:',
    '                - name: envoy.filters.http.router',
    '                  typed_config:',
    `                    ${typed(ROUTER)}`,
    '              route_config:',
    '                virtual_hosts:',
    '                  - name: app',
    '                    domains: ["*"]',
    '                    routes:',
    '                      - match: { prefix: "/" }',
    '                        route:',
    ...indented(26, route(figures)),
  ]
}

const route = ({ answerTimeoutMs, retries }: GatewayFigures): readonly string[] => [
  'cluster: app',
  ...said(
    `${answerTimeoutMs.from}; then 504. Envoy has no timeout of the queue alone, so this is also how long a request may wait`,
    `timeout: ${duration(answerTimeoutMs.value)}`,
  ),
  ...(retries.value === 0
    ? remarks(`No retry_policy: ${retries.from}`)
    : [
        ...remarks(
          'only what no backend has begun, and at another one; how many there may be is in retry_budget',
        ),
        'retry_policy:',
        '  retry_on: connect-failure,refused-stream',
        `  num_retries: ${retries.value}`,
        '  retry_host_predicate:',
        '    - name: envoy.retry_host_predicates.previous_hosts',
        '      typed_config:',
        `        ${typed('envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate')}`,
      ]),
]

const PROTOCOL = 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions'

function cluster(
  limits: ServerLimits,
  figures: GatewayFigures,
  { backends: given, healthPath }: Addresses,
): readonly string[] {
  const { answerTimeoutMs, backends } = figures
  return [
    'clusters:',
    '  - name: app',
    ...indented(4, [
      'type: STRICT_DNS',
      ...said('of two backends, the one with fewer requests', 'lb_policy: LEAST_REQUEST'),
      ...said(CONNECT_TIMEOUT.from, `connect_timeout: ${duration(CONNECT_TIMEOUT.value)}`),
      'typed_extension_protocol_options:',
      `  ${PROTOCOL}:`,
      `    ${typed(PROTOCOL)}`,
      ...indented(4, said(IDLE_TIMEOUT.from, 'common_http_protocol_options:')),
      `      idle_timeout: ${duration(IDLE_TIMEOUT.value)}`,
      '    explicit_http_config: { http_protocol_options: {} }',
      ...breakers(limits, figures),
      ...outliers(figures),
      'health_checks:',
      ...indented(
        2,
        said(
          `a check must not fail because a backend is busy: they would be taken out one after the other; ${answerTimeoutMs.from}`,
          `- timeout: ${duration(answerTimeoutMs.value)}`,
        ),
      ),
      '    interval: 2s',
      '    unhealthy_threshold: 3',
      '    healthy_threshold: 2',
      ...indented(
        4,
        remarks('where backends want another name than that of the cluster, add host: example.com'),
      ),
      `    http_health_check: { path: "${healthPath}" }`,
      'load_assignment:',
      '  cluster_name: app',
      '  endpoints:',
      ...indented(4, remarks(`${backends.value} backends: ${backends.from}`)),
      '    - lb_endpoints:',
      ...backendEndpoints(backends.value, given).flatMap(one => [
        '        - endpoint:',
        '            address:',
        address('              ', one),
      ]),
    ]),
  ]
}

function breakers({ retryBudget }: ServerLimits, figures: GatewayFigures): readonly string[] {
  const { allConcurrent, allQueued, maxConcurrent } = figures
  const budget = percent(retryBudget.value)
  return [
    'circuit_breakers:',
    '  thresholds:',
    '    - priority: DEFAULT',
    ...indented(6, [
      ...said(
        `for all backends together (default 1024); over HTTP/1.1 a connection carries one request, so both are alike. ${allConcurrent.from}`,
        `max_requests: ${allConcurrent.value}`,
      ),
      `max_connections: ${allConcurrent.value}`,
      ...said(
        `so many wait for a connection, the next one is answered 503 (default 1024). ${allQueued.from}`,
        `max_pending_requests: ${allQueued.value}`,
      ),
      ...said(`of the requests under way: ${retryBudget.from}`, 'retry_budget:'),
      `  budget_percent: { value: ${budget} }`,
      `  min_retry_concurrency: ${budget > 0 ? LEAST_RETRIES_AT_ONCE : 0}`,
    ]),
    '  per_host_thresholds:',
    '    - priority: DEFAULT',
    ...indented(6, said(`m = ${maxConcurrent.from}`, `max_connections: ${maxConcurrent.value}`)),
  ]
}

/** In thousandths of a percent, and something where there is something. */
const percent = (share: number): number =>
  share === 0 ? 0 : Math.min(100, Math.max(0.001, Math.round(share * 100_000) / 1000))

function outliers({ spare, backends }: GatewayFigures): readonly string[] {
  // The next one may go while it and those gone are at most this share, so the share is rounded up, but not to one backend more.
  const share = (100 * spare.value) / backends.value
  const most = backends.value <= 100 ? Math.ceil(share) : Math.floor(share)
  return [
    'outlier_detection:',
    ...indented(2, [
      ...remarks(
        'a backend that only fails is left alone for a while; connections that fail count by themselves',
      ),
      'consecutive_5xx: 5',
      'split_external_local_origin_errors: true',
      'consecutive_local_origin_failure: 5',
      'interval: 5s',
      'base_ejection_time: 30s',
      ...said(
        `no more than the peak can do without, ${spare.value} of ${backends.value}, ${formatShare(spare.value / backends.value)}: under overload all of them fail, and the last must not get all the load. ${spare.from}`,
        `max_ejection_percent: ${most}`,
      ),
    ]),
  ]
}
