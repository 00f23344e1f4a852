import { formatNumber, formatRate } from '../units/format.ts'
import { plannedLoad } from './backends-need.ts'
import { grownPeak } from './origin-load.ts'
import type { Derived } from './server-limits.ts'
import type { SizingQuestion } from './sizing-question.ts'

/** h_min = 1 − u·X/(λ_p⁺·(1 + g)): the share that a cache must answer for a capacity X to be enough; 0 where it is anyway. */
export function neededHitRatio(capacity: number, question: SizingQuestion, utilisation: number): Derived {
  const whole = grownPeak(question)
  const carried = plannedLoad(capacity, { question, utilisation })
  const value = Math.max(0, 1 - carried / whole)
  return {
    value,
    from:
      `h ≥ 1 − u × X / (peak × (1 + growth)) = 1 − ${formatRate(carried)} / ${formatRate(whole)} = ` +
      formatNumber(1 - carried / whole, 4),
  }
}
