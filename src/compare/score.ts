import type { Range } from './claims.ts'
import type { Reading } from './comparison.ts'
import type { Metric } from './metric.ts'

type Scale = Pick<Metric, 'scale' | 'worse'>

/** A value on the scale of the changes: differences of scores are changes, + is worse. */
export function scoreOf({ scale, worse }: Scale, value: number): number {
  const score = scale === 'log' ? Math.log(value) : value
  return worse === 'higher' ? score : -score
}

export function valueOfScore({ scale, worse }: Scale, score: number): number {
  const own = worse === 'higher' ? score : -score
  return scale === 'log' ? Math.exp(own) : own
}

/** Where the score of a reading lies: a point where it was measured, a half-line where it is a bound. */
export function scoreRange(scale: Scale, { bound, value }: Reading): Range | undefined {
  if (bound === 'none' || value === null) return undefined
  const score = scoreOf(scale, value)
  if (bound === 'measured') return { low: score, high: score }
  const upwards = (bound === 'at-least') === (scale.worse === 'higher')
  return upwards ? { low: score, high: Infinity } : { low: -Infinity, high: score }
}

/** The same for the ends of the interval within the run. */
export function scoreWithin(
  scale: Scale,
  { value, low, high }: Reading,
): { readonly value: number; readonly low: number; readonly high: number } | undefined {
  if (value === null || low === null || high === null) return undefined
  if (scale.scale === 'log' && !(low > 0)) return undefined
  const [one, other] = [scoreOf(scale, low), scoreOf(scale, high)]
  return { value: scoreOf(scale, value), low: Math.min(one, other), high: Math.max(one, other) }
}
