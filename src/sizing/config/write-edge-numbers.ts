import { formatRate } from '../../units/format.ts'
import type { Derived, ServerLimits } from '../server-limits.ts'
import type { ConfigurationFile } from './configuration-file.ts'
import { CONNECT_TIMEOUT, gatewayFigures } from './gateway-figures.ts'
import type { GatewayFigures } from './gateway-figures.ts'
import { inert } from './inert.ts'
import { scalingTarget } from './scaling-target.ts'

/** What is set, to what, what it is by default, and where the value comes from. */
type Row = readonly [setting: string, value: string, byDefault: string, from: string]

/** Numbers for services that are set in a console or by a tool of one's own: nothing here is in the language of one. */
export function writeEdgeNumbers(limits: ServerLimits): ConfigurationFile {
  const figures = gatewayFigures(limits)
  const text = [
    '# Numbers for load balancers and CDNs that are rented',
    '',
    'For a console, Terraform or whatever sets them. Times in seconds. Ask the vendor’s pages for the ranges of your plan.',
    '',
    ...table('AWS Application Load Balancer and its target group', albRows(limits, figures)),
    ...table('Amazon CloudFront, origin settings', cloudFrontRows(figures)),
    ...table('Cloudflare', cloudflareRows(limits, figures)),
  ].join('\n')
  return { name: 'edge-numbers.md', program: 'ALB, CloudFront, Cloudflare', text }
}

const table = (title: string, rows: readonly Row[]): readonly string[] => [
  `## ${title}`,
  '',
  '| setting | value | default | where it comes from |',
  '| --- | --: | --: | --- |',
  ...rows.map(row => `| ${row.map(cell).join(' | ')} |`),
  '',
]

/** Shown as it is written: nothing in it is markup. */
const cell = (text: string): string => inert(text).replaceAll(/[\\`*_{}[\]<>#|~!&]/g, found => `\\${found}`)

const within = (value: number, least: number, most: number): string =>
  `${Math.min(most, Math.max(least, Math.ceil(value)))}`

const inSeconds = ({ value }: Derived): number => value / 1000

const NOT_THERE =
  'it neither queues nor limits how many requests a target gets: give HAProxy, Envoy or the backends themselves (workers, listen backlog) these'

function albRows(
  limits: ServerLimits,
  { answerTimeoutMs, backends, maxConcurrent, queue }: GatewayFigures,
): readonly Row[] {
  const target = scalingTarget(limits)
  const patience = inSeconds(answerTimeoutMs)
  const check = Math.min(120, Math.max(2, Math.ceil(patience)))
  return [
    ['targets', `${backends.value}`, '', `${backends.from}, spread over ${limits.zones} zones`],
    [
      'idle_timeout.timeout_seconds',
      within(patience, 30, 4000),
      '60',
      `${answerTimeoutMs.from}; then 504; at least 30, as idle clients are kept as long. Targets have to keep idle connections longer than this, else 502`,
    ],
    ['load_balancing.algorithm.type', 'least_outstanding_requests', 'round_robin', 'a slow target gets less'],
    [
      'slow_start.duration_seconds',
      '0',
      '0',
      'there is none with least_outstanding_requests; with round_robin 30 to 900, as long as a target takes to get warm',
    ],
    [
      'deregistration_delay.timeout_seconds',
      within(patience, 1, 3600),
      '300',
      `no answer takes longer: ${answerTimeoutMs.from}`,
    ],
    [
      'HealthCheckTimeoutSeconds',
      `${check}`,
      '5',
      `a check must not fail because a target is busy: ${answerTimeoutMs.from}`,
    ],
    ['HealthCheckIntervalSeconds', `${check + 5}`, '30', 'longer than its timeout'],
    [
      'ALBRequestCountPerTarget',
      `${Math.max(1, Math.floor(target.value * 60 + 1e-6))}`,
      '',
      `per minute, 60 × ${target.from}`,
    ],
    [
      'requests at a time for each target',
      `${maxConcurrent.value}`,
      'no limit',
      `m = ${maxConcurrent.from}; ${NOT_THERE}`,
    ],
    ['waiting for each target', `${queue.value}`, 'no queue', `${queue.from}; ${NOT_THERE}`],
  ]
}

const cloudFrontRows = ({
  answerTimeoutMs,
  retries,
  retryAfter,
  allConcurrent,
  allQueued,
}: GatewayFigures): readonly Row[] => [
  ['Response timeout', within(inSeconds(answerTimeoutMs), 1, 120), '30', `${answerTimeoutMs.from}; then 504`],
  [
    'Response completion timeout',
    within(2 * inSeconds(answerTimeoutMs), 1, 3600),
    'none',
    'over all attempts, at least the response timeout',
  ],
  ['Connection attempts', `${1 + retries.value}`, '3', `1 and the tries after it: ${retries.from}`],
  ['Connection timeout', within(inSeconds(CONNECT_TIMEOUT), 1, 10), '10', CONNECT_TIMEOUT.from],
  ['Keep-alive timeout', '5', '5', 'less than what the origin keeps idle connections for, else 502'],
  ['Error caching minimum TTL for 503', `${retryAfter.value}`, '10', retryAfter.from],
  ['Origin Shield', 'on', 'off', 'one cache asks the origin instead of one in each region'],
  [
    'connections that the origin accepts',
    `${allConcurrent.value + allQueued.value}`,
    '',
    `n × m + n × q; it does not limit what it sends to an origin. ${allConcurrent.from}`,
  ],
]

const cloudflareRows = (
  { ceiling, originPeak }: ServerLimits,
  { answerTimeoutMs, allConcurrent, allQueued, retryAfter }: GatewayFigures,
): readonly Row[] => [
  [
    'Proxy Read Timeout',
    within(inSeconds(answerTimeoutMs), 1, 6000),
    '120',
    `then 524; only in some plans it can be changed. ${answerTimeoutMs.from}`,
  ],
  [
    'keep-alive of the origin',
    '901',
    '',
    'longer than the 900 s for which an idle connection to the origin is kept, else 520',
  ],
  [
    'connections that the origin accepts',
    `${allConcurrent.value + allQueued.value}`,
    '',
    `n × m + n × q; it does not limit what it sends to an origin. ${allConcurrent.from}`,
  ],
  ['Tiered Cache', 'on', '', 'an upper tier asks the origin instead of every data centre'],
  [
    'rate limiting rules',
    'for each client',
    '',
    `they count by client, so they cannot hold everybody together to ${formatRate(ceiling.value)}, what the backends carry (${ceiling.from}); let the gateway at the origin do that. The peak: ${originPeak.from}`,
  ],
  ['Retry-After of 503 from the origin', `${retryAfter.value}`, '', retryAfter.from],
]
