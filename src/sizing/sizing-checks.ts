import { formatDuration, formatNumber, formatRate } from '../units/format.ts'
import { seconds } from '../units/quantity.ts'
import { survivors } from './backends-need.ts'
import type { ServerLimits } from './server-limits.ts'
import type { Sentence, SizingOption } from './sizing-answer.ts'
import type { SizingQuestion } from './sizing-question.ts'

/** How to see, before the peak, that the recommended setting does what is said of it. */
export function sizingChecks(
  { backends, hitRatio }: SizingOption,
  capacityOf: (n: number) => number,
  limits: ServerLimits | null,
  question: SizingQuestion,
): readonly Sentence[] {
  const left = survivors(backends, question)
  return [
    ...(left > 0
      ? [
          {
            label: 'capacity',
            text: `offer ${formatRate(0.95 * capacityOf(left))} to ${left} of ${backends} backends: it holds`,
          },
        ]
      : []),
    ...(limits === null ? [] : limitChecks(limits)),
    ...(hitRatio > 0
      ? [
          {
            label: 'cache',
            text: 'empty it and offer the peak: until it is warm the backends get more than their share of the requests',
          },
        ]
      : []),
  ]
}

function limitChecks({
  backends,
  maxConcurrent,
  queue,
  capacity,
  ceiling,
}: ServerLimits): readonly Sentence[] {
  return [
    {
      label: 'limit',
      text: `in flight stops at n × m = ${backends.value} × ${maxConcurrent.value} = ${formatNumber(backends.value * maxConcurrent.value, 12)}`,
    },
    {
      label: 'overload',
      text: `offer 1.2 × ${formatRate(ceiling.value)}: requests wait ${formatDuration(seconds(queue.value / capacity.value))}, and what is turned away gets 503, not 504`,
    },
  ]
}
