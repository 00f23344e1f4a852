import { formatDuration, formatNumber, formatRate, formatShare } from '../units/format.ts'
import { seconds } from '../units/quantity.ts'
import { survivors } from './backends-need.ts'
import { neededHitRatio } from './needed-hit-ratio.ts'
import type { ScalingLaw } from './scaling-law.ts'
import type { BackendsNeed, OriginLoad, Sentence, SizingOption } from './sizing-answer.ts'
import type { Derived, ServerLimits } from './server-limits.ts'
import { leastPresent } from './sizing-options.ts'
import type { SizingQuestion } from './sizing-question.ts'

interface Worked {
  readonly question: SizingQuestion
  readonly law: ScalingLaw
  readonly origin: OriginLoad
  readonly utilisation: Derived
  readonly need: BackendsNeed
  readonly recommended: SizingOption
  readonly present: number
  readonly limits: ServerLimits | null
}

/** Every formula with its numbers, in the order in which they follow from one another, so that a reader can check them by hand. */
export function sizingFormulas(worked: Worked): readonly Sentence[] {
  const { law, origin, utilisation, need, limits, question, present } = worked
  const { low, high } = law.perBackend
  const range = high === null ? `at least ${formatRate(low)}` : `${formatRate(low)} to ${formatRate(high)}`
  const least = leastPresent({ present, question })
  const left = survivors(least, question)
  return [
    { label: 'origin load', text: origin.high.from },
    { label: 'one backend', text: `C₁ = ${formatRate(law.perBackend.rps)}, ${range}` },
    { label: 'scaling', text: law.because },
    { label: 'target utilisation', text: utilisation.from },
    ...(need.reachable
      ? [
          { label: 'backends that do', text: need.enough.from },
          { label: 'backends to run', text: need.backends.from },
        ]
      : [{ label: 'backends', text: need.because }]),
    { label: 'their capacity', text: law.word(worked.recommended.backends) },
    ...busyAfterLoss(worked),
    {
      label: 'hit ratio needed',
      text: `with ${formatNumber(least, 12)} ${least === 1 ? 'backend' : 'backends'}: ${neededHitRatio(law.at(left).low, question, utilisation.value).from}`,
    },
    {
      label: 'mean wait',
      text: 'in the queue of a backend, as in M/M/1: ρ / ((1 − ρ) × C₁), ρ the utilisation',
    },
    ...(limits === null ? [] : limitFormulas(limits)),
  ]
}

function busyAfterLoss({ recommended, law, question }: Worked): readonly Sentence[] {
  const { backends, originLoad, utilisationAfterLoss } = recommended
  const left = survivors(backends, question)
  if (utilisationAfterLoss === null || left === backends) return []
  return [
    {
      label: 'after a loss',
      text: `${left} of ${backends} left: λₒ / X(${left}) = ${formatRate(originLoad)} / ${formatRate(law.at(left).low)} = ${formatShare(utilisationAfterLoss)}`,
    },
  ]
}

function limitFormulas({
  concurrency,
  maxConcurrent,
  queue,
  capacity,
  ...limits
}: ServerLimits): readonly Sentence[] {
  const room = maxConcurrent.value - concurrency.value + queue.value
  const fills = room / (0.1 * capacity.value)
  return [
    { label: 'concurrency', text: concurrency.from },
    { label: 'limit', text: `m = ${maxConcurrent.from}` },
    { label: 'without a queue', text: limits.maxConcurrentWithoutQueue.from },
    { label: 'queue', text: queue.from },
    {
      label: 'wait in a full queue',
      text: `q / C₁ = ${queue.value} / ${formatRate(capacity.value)} = ${formatDuration(seconds(queue.value / capacity.value))}`,
    },
    {
      label: 'at 1.1 × capacity',
      text: `it is full and turns away after (m − L + q) / (0.1 × C₁) = ${formatNumber(room)} / ${formatRate(0.1 * capacity.value)} = ${formatDuration(seconds(fills))}`,
    },
    { label: 'answers given up', text: limits.answerTimeout.from },
    { label: 'retry budget', text: limits.retryBudget.from },
  ]
}
