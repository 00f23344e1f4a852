import { share } from '../units/quantity.ts'
import type { Share } from '../units/quantity.ts'

const PERCENTILE = /^p(\d{1,2}(?:\.\d{1,6})?)$/

/**
 * `p99.9` gives 0.999, the very double that is written so: the decimal point is moved in the text, because
 * 99.9 / 100 is 0.9990000000000001.
 */
export function parsePercentile(text: string): Share | undefined {
  const part = Number(`${PERCENTILE.exec(text)?.[1]}e-2`)
  return part > 0 ? share(part) : undefined
}
