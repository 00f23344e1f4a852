import { perSecond } from '../units/quantity.ts'
import type { RatePerSecond } from '../units/quantity.ts'

/** Down to as many digits as `formatRate` shows, so that a rate is what it is called, and no cap is ever passed. */
export function roundRate(rate: number): RatePerSecond {
  const digits = rate >= 1000 ? 4 : 3
  const unit = 10 ** (Math.floor(Math.log10(rate)) + 1 - digits)
  const rounded = Math.floor(rate / unit + 1e-6) * unit
  return perSecond(Number(rounded.toPrecision(digits)))
}
