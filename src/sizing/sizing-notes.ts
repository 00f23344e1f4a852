import { formatDuration, formatNumber, formatShare } from '../units/format.ts'
import { seconds } from '../units/quantity.ts'
import type { MeasuredSystem } from './measured-system.ts'
import type { ScalingLaw } from './scaling-law.ts'
import type { ServerLimits } from './server-limits.ts'
import type { SizingOption } from './sizing-answer.ts'
import type { SizingQuestion } from './sizing-question.ts'
import type { SizingWish } from './sizing-wish.ts'
import { FAR } from './word-answer.ts'

/** The buffer from which on turning away begins at capacity and not before: M/M/1/K loses 1 % at ρ = 1 where K = 99. */
const BUFFER = 99

interface Noted {
  readonly question: SizingQuestion
  readonly law: ScalingLaw
  readonly systems: readonly MeasuredSystem[]
  readonly recommended: SizingOption
  readonly options: readonly SizingOption[]
  readonly limits: ServerLimits | null
  readonly wish: SizingWish
}

/** What to keep in mind: what the answer takes for granted, and what would make it surer. */
export function sizingNotes({
  question,
  law,
  systems,
  recommended,
  options,
  limits,
  wish,
}: Noted): readonly string[] {
  const { backends } = recommended
  const isFar = law.kind !== 'linear' && backends > FAR * law.measuredUpTo
  return [
    ...law.notes,
    ...(isFar
      ? [
          `${formatNumber(backends, 12)} backends are more than twice the ${formatNumber(law.measuredUpTo, 12)} that were measured: measure with more before buying them`,
        ]
      : []),
    ...(law.kind === 'linear' && backends > law.measuredUpTo
      ? [
          `Backends that share a bottleneck, such as a database, carry less together: measure with ${formatNumber(2 * law.measuredUpTo, 12)} and give both reports`,
        ]
      : []),
    ...(wish.simulate !== null && recommended.simulated === null
      ? [
          'Nothing could be simulated: it takes a measured knee, and windows at a third of it or less, which show how long the work itself takes',
        ]
      : []),
    ...leftAside(systems),
    ...sameRequests(systems),
    ...(question.hitRatio > 0
      ? [
          `A hit ratio of ${formatShare(question.hitRatio)} at the peak is taken as given; ${formatShare(1 - question.hitRatio)} of the requests reach the backends, so one point less is ${formatShare(0.01 / (1 - question.hitRatio))} more load for them`,
        ]
      : []),
    ...smallBuffer(limits),
    ...(options.some(({ cost, hitRatio }) => cost !== null && hitRatio > question.hitRatio)
      ? ['Costs are those of backends and of what leaves the origin, without what a cache itself costs']
      : []),
    'Intervals are those of the runs: how the capacity differs from run to run, only repeated reports show',
  ]
}

function leftAside(systems: readonly MeasuredSystem[]): readonly string[] {
  const bounds = systems.filter(({ capacity }) => capacity.high === null)
  if (bounds.length === 0 || bounds.length === systems.length) return []
  return [
    `Not used, as its knee is only known to be at least a rate: ${bounds.map(({ label }) => label).join(', ')}`,
  ]
}

function sameRequests([first, ...others]: readonly MeasuredSystem[]): readonly string[] {
  const mix = ({ routes }: MeasuredSystem): string =>
    routes.map(({ method, path, share }) => `${method} ${path} ${share.toFixed(3)}`).join('\n')
  const different = others.filter(one => first !== undefined && mix(one) !== mix(first))
  if (first === undefined || different.length === 0) return []
  return [
    `The reports do not ask for the same: ${different.map(({ label }) => label).join(', ')} and ${first.label} differ in their requests, so their capacities cannot be compared`,
  ]
}

function smallBuffer(limits: ServerLimits | null): readonly string[] {
  if (limits === null) return []
  const { maxConcurrent, queue, capacity } = limits
  const buffer = maxConcurrent.value + queue.value
  if (buffer >= BUFFER) return []
  const wait = formatDuration(seconds((BUFFER - maxConcurrent.value) / capacity.value))
  return [
    `Limit and queue hold ${buffer} requests: fewer than ${BUFFER} turn some away before the capacity is reached; a wait of ${wait} would do`,
  ]
}
