import { formatNumber, formatRate } from '../units/format.ts'
import type { CapacityInterval, RetryLoad } from './sizing-answer.ts'
import type { SizingQuestion } from './sizing-question.ts'

/**
 * What retries make of the load: λₒ·(1 + b) with a budget b, λₒ·(1 + r) where each of r retries may come. More than the capacity, and an
 * overload keeps itself alive after its cause is gone: metastable (Bronson et al., HotOS 2021; Huang et al., OSDI 2022).
 */
export function retryLoad(
  load: number,
  capacity: CapacityInterval,
  { retries, retryBudget }: SizingQuestion,
): RetryLoad {
  const share = retryBudget ?? retries
  if (share === 0)
    return {
      worst: null,
      metastable: null,
      because:
        'nothing was said of retries; clients that retry make an overload last: --retries tells by how much',
    }
  const letter = retryBudget === null ? 'r' : 'b'
  const value = load * (1 + share)
  const worst = {
    value,
    from: `λₒ × (1 + ${letter}) = ${formatRate(load)} × ${formatNumber(1 + share)} = ${formatRate(value)}`,
  }
  const carried = `X(n) = ${formatRate(capacity.low)}`
  if (value <= capacity.low)
    return {
      worst,
      metastable: false,
      because: `retries at their worst bring ${worst.from}, no more than ${carried}`,
    }
  if (capacity.high === null)
    return {
      worst,
      metastable: null,
      because: `retries at their worst bring ${worst.from}, more than the ${formatRate(capacity.low)} that are known to be carried`,
    }
  return {
    worst,
    metastable: true,
    because:
      `retries at their worst bring ${worst.from}, more than ${carried}: once overloaded, it stays so although the peak is over ` +
      '(metastable); bound them with --retry-budget',
  }
}
