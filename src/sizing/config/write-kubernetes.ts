import type { ServerLimits } from '../server-limits.ts'
import type { Addresses } from './addresses.ts'
import type { ConfigurationFile } from './configuration-file.ts'
import { gatewayFigures } from './gateway-figures.ts'
import type { GatewayFigures } from './gateway-figures.ts'
import { indented, remarks, said, textOf } from './said-lines.ts'
import { scalingTarget } from './scaling-target.ts'

/** What the load balancer still sends to a pod that has been told to end. */
const LEAVE_SECONDS = 5
const CONTAINER_PORT = 8080

/** Replicas, how they are spread, how many may be away at once, and by what to scale. For Kubernetes 1.23 and later. */
export function writeKubernetes(limits: ServerLimits, { healthPath }: Addresses): ConfigurationFile {
  const figures = gatewayFigures(limits)
  const lines = [
    ...remarks('Kubernetes 1.23 or later. Check it: kubectl apply --dry-run=server -f kubernetes.yaml'),
    ...deployment(figures, limits.zones, healthPath),
    '---',
    ...disruption(figures),
    '---',
    ...autoscaler(limits, figures),
  ]
  return { name: 'kubernetes.yaml', program: 'Kubernetes', text: textOf(lines) }
}

const LABELS = ['labels:', '  app: app']

function deployment(figures: GatewayFigures, zones: number, healthPath: string): readonly string[] {
  const { backends, spare } = figures
  return [
    'apiVersion: apps/v1',
    'kind: Deployment',
    'metadata:',
    '  name: app',
    'spec:',
    ...indented(2, [
      ...said(
        `${backends.from}. Leave this line out where the autoscaler below is in place, or each deploy sets them back`,
        `replicas: ${backends.value}`,
      ),
      'selector:',
      '  matchLabels:',
      '    app: app',
      'strategy:',
      '  rollingUpdate:',
      ...indented(
        4,
        said(
          `a deploy at the peak takes away no more than it can do without: ${spare.from}`,
          `maxUnavailable: ${spare.value}`,
        ),
      ),
      `    maxSurge: ${Math.max(1, spare.value)}`,
      'template:',
      '  metadata:',
      ...indented(4, LABELS),
      '  spec:',
      ...indented(4, pod(figures, zones, healthPath)),
    ]),
  ]
}

function pod({ answerTimeoutMs }: GatewayFigures, zones: number, healthPath: string): readonly string[] {
  const patience = Math.ceil(answerTimeoutMs.value / 1000)
  return [
    ...said(
      `requests under way are answered first: ${LEAVE_SECONDS} s until nobody sends more, then ${answerTimeoutMs.from}`,
      `terminationGracePeriodSeconds: ${LEAVE_SECONDS + patience}`,
    ),
    'topologySpreadConstraints:',
    '  - maxSkew: 1',
    '    topologyKey: topology.kubernetes.io/zone',
    ...indented(
      4,
      said(
        zones > 1
          ? `one of ${zones} zones may be lost, so they have to be spread`
          : 'spread where there are several zones',
        `whenUnsatisfiable: ${zones > 1 ? 'DoNotSchedule' : 'ScheduleAnyway'}`,
      ),
    ),
    '    labelSelector:',
    '      matchLabels:',
    '        app: app',
    'containers:',
    '  - name: app',
    '    image: example.com/app:1',
    '    ports:',
    `      - containerPort: ${CONTAINER_PORT}`,
    '    lifecycle:',
    '      preStop:',
    `        exec: { command: [sleep, "${LEAVE_SECONDS}"] }`,
    '    readinessProbe:',
    `      httpGet: { path: "${healthPath}", port: ${CONTAINER_PORT} }`,
    '      periodSeconds: 5',
    '      failureThreshold: 3',
    ...indented(
      6,
      said(
        `a pod must not be taken out because it is busy (default 1 s): ${answerTimeoutMs.from}`,
        `timeoutSeconds: ${patience}`,
      ),
    ),
  ]
}

function disruption({ spare }: GatewayFigures): readonly string[] {
  const none =
    'none can be spared at the peak, but 0 would never let a node be emptied; empty nodes outside of the peak'
  return [
    'apiVersion: policy/v1',
    'kind: PodDisruptionBudget',
    'metadata:',
    '  name: app',
    'spec:',
    ...indented(2, [
      ...said(
        `${spare.from}${spare.value === 0 ? `; ${none}` : ''}`,
        `maxUnavailable: ${Math.max(1, spare.value)}`,
      ),
      'selector:',
      '  matchLabels:',
      '    app: app',
    ]),
  ]
}

function autoscaler(limits: ServerLimits, { backends }: GatewayFigures): readonly string[] {
  const target = scalingTarget(limits)
  return [
    'apiVersion: autoscaling/v2',
    'kind: HorizontalPodAutoscaler',
    'metadata:',
    '  name: app',
    'spec:',
    '  scaleTargetRef:',
    '    apiVersion: apps/v1',
    '    kind: Deployment',
    '    name: app',
    ...indented(2, [
      ...said(
        `those of the peak, there before it comes: a new pod takes longer than a peak to rise. Fewer at other times. ${backends.from}`,
        `minReplicas: ${backends.value}`,
      ),
      ...said(
        'for twice the peak; what so many carry was not measured, and what they share may give way first',
        `maxReplicas: ${2 * backends.value}`,
      ),
      'metrics:',
      '  - type: Pods',
      '    pods:',
      ...indented(
        6,
        remarks('as the metrics adapter names it; it is of no use by CPU where the knee is not one of CPU'),
      ),
      '      metric: { name: http_requests_per_second }',
      '      target:',
      '        type: AverageValue',
      ...indented(8, said(target.from, `averageValue: ${quantity(target.value)}`)),
      'behavior:',
      '  scaleUp:',
      '    stabilizationWindowSeconds: 0',
      '  scaleDown:',
      '    stabilizationWindowSeconds: 300',
    ]),
  ]
}

/** In thousandths, so that a small rate is not rounded away. */
const quantity = (rate: number): string => `${Math.min(1e12, Math.max(1, Math.round(rate * 1000)))}m`
