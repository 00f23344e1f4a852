import { describe, expect, test } from 'vitest'
import { isMap, isSeq, parseAllDocuments, parseDocument } from 'yaml'
import type { ServerLimits } from '../../../../src/sizing/server-limits.ts'
import { writeConfigurations } from '../../../../src/sizing/config/write-configurations.ts'
import { fileNamed, limitsWith } from './sized-limits.ts'

type Path = readonly (string | number)[]
type Read = (...path: Path) => unknown

/** Reads a value, or a whole part, by its path. */
const reader =
  (document: ReturnType<typeof parseDocument>): Read =>
  (...path) => {
    const found = document.getIn(path)
    return isMap(found) || isSeq(found) ? (found.toJS(document) as unknown) : found
  }

const envoyOf = (limits: ServerLimits): Read =>
  reader(parseDocument(fileNamed(writeConfigurations(limits), 'envoy.yaml')))

const CLUSTER: Path = ['static_resources', 'clusters', 0]
const MANAGER: Path = ['static_resources', 'listeners', 0, 'filter_chains', 0, 'filters', 0, 'typed_config']
const ROUTE: Path = [...MANAGER, 'route_config', 'virtual_hosts', 0, 'routes', 0, 'route']

describe('Envoy', () => {
  const read = envoyOf(limitsWith({ maxConcurrent: 27, queue: 306, backends: 3, retryBudget: 0.125 }))

  test('limits the cluster to n × m at a time, n × q waiting, and a share of retries; each host to m', () => {
    expect(read(...CLUSTER, 'circuit_breakers', 'thresholds', 0)).toEqual({
      priority: 'DEFAULT',
      max_requests: 81,
      max_connections: 81,
      max_pending_requests: 918,
      retry_budget: { budget_percent: { value: 12.5 }, min_retry_concurrency: 3 },
    })
    expect(read(...CLUSTER, 'circuit_breakers', 'per_host_thresholds')).toEqual([
      { priority: 'DEFAULT', max_connections: 27 },
    ])
  })

  test('sends to the cluster that it defines, with the timeout and retries elsewhere', () => {
    expect(read(...ROUTE, 'cluster')).toBe(read(...CLUSTER, 'name'))
    expect(read(...CLUSTER, 'load_assignment', 'cluster_name')).toBe('app')
    expect(read(...ROUTE, 'timeout')).toBe('1.800s')
    expect(read(...ROUTE, 'retry_policy')).toMatchObject({
      retry_on: 'connect-failure,refused-stream',
      num_retries: 1,
    })
  })

  test('names each backend', () => {
    expect(read(...CLUSTER, 'load_assignment', 'endpoints', 0, 'lb_endpoints')).toEqual(
      [1, 2, 3].map(i => ({
        endpoint: { address: { socket_address: { address: `198.18.0.${i}`, port_value: 8080 } } },
      })),
    )
  })

  test.each([
    // One of three may go: 33.3 %, and 34 lets one go and not two.
    [3, 734.4, 34],
    // 40 × (1 − 0.6) = 16, 40 %
    [40, 734.4, 40],
    [3, 1224, 0],
    // 1000 × (1 − 1222.776 / 1224) = 1: 0.1 %, and 1 % would be ten.
    [1000, 1222.776, 0],
  ])(
    'of %d backends, with %d/s of 1224/s, as large a share may be ejected as the peak can do without: %d %%',
    (backends, originPeak, percent) => {
      const other = envoyOf(limitsWith({ backends, originPeak }))
      expect(other(...CLUSTER, 'outlier_detection', 'max_ejection_percent')).toBe(percent)
    },
  )

  test('checks with the patience that answers have', () => {
    expect(read(...CLUSTER, 'health_checks', 0)).toMatchObject({
      timeout: '1.800s',
      http_health_check: { path: '/' },
    })
  })
})

const kubernetesOf = (limits: ServerLimits): readonly Read[] =>
  parseAllDocuments(fileNamed(writeConfigurations(limits), 'kubernetes.yaml')).map(document =>
    reader(document as ReturnType<typeof parseDocument>),
  )

describe('Kubernetes', () => {
  const [deployment, disruption, autoscaler] = kubernetesOf(limitsWith({}, undefined, 3))

  test('gets a deployment, a disruption budget for it and an autoscaler of it', () => {
    expect([deployment, disruption, autoscaler].map(read => [read!('apiVersion'), read!('kind')])).toEqual([
      ['apps/v1', 'Deployment'],
      ['policy/v1', 'PodDisruptionBudget'],
      ['autoscaling/v2', 'HorizontalPodAutoscaler'],
    ])
    const labels = deployment!('spec', 'template', 'metadata', 'labels')
    expect(deployment!('spec', 'selector', 'matchLabels')).toEqual(labels)
    expect(disruption!('spec', 'selector', 'matchLabels')).toEqual(labels)
    expect(autoscaler!('spec', 'scaleTargetRef')).toMatchObject({
      kind: 'Deployment',
      name: deployment!('metadata', 'name'),
    })
  })

  test('runs n of them, spread over the zones, and takes away one of three', () => {
    expect(deployment!('spec', 'replicas')).toBe(3)
    expect(autoscaler!('spec', 'minReplicas')).toBe(3)
    const spread = ['spec', 'template', 'spec', 'topologySpreadConstraints', 0, 'whenUnsatisfiable'] as const
    expect(deployment!(...spread)).toBe('DoNotSchedule')
    expect(kubernetesOf(limitsWith({}, undefined, 1))[0]!(...spread)).toBe('ScheduleAnyway')
    expect(disruption!('spec', 'maxUnavailable')).toBe(1)
  })

  test('may empty a node even where the peak needs them all', () => {
    const [, budget] = kubernetesOf(limitsWith({ originPeak: 1224 }))
    expect(budget!('spec', 'maxUnavailable')).toBe(1)
  })

  test('scales by requests per second: 734.4/s on 3 pods are 244.8/s', () => {
    expect(autoscaler!('spec', 'metrics')).toEqual([
      {
        type: 'Pods',
        pods: {
          metric: { name: 'http_requests_per_second' },
          target: { type: 'AverageValue', averageValue: '244800m' },
        },
      },
    ])
  })
})
