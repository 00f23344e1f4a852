import { plannedLoad, survivors } from './backends-need.ts'
import { neededHitRatio } from './needed-hit-ratio.ts'
import type { ScalingLaw } from './scaling-law.ts'
import type { PresentBackends } from './sizing-answer.ts'
import { leastPresent } from './sizing-options.ts'
import type { SizingQuestion } from './sizing-question.ts'

/** What the backends that there are carry, and what a cache would have to leave them. */
export function presentBackends(
  law: ScalingLaw,
  present: number,
  question: SizingQuestion,
  utilisation: number,
): PresentBackends {
  const least = leastPresent({ present, question })
  const left = survivors(least, question)
  const capacity = law.at(left).low
  return {
    backends: present,
    capacity: law.at(present),
    behindCache: least,
    left,
    planned: plannedLoad(capacity, { question, utilisation }),
    hitRatio: neededHitRatio(capacity, question, utilisation),
  }
}
