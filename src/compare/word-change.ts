import { formatDuration, formatNumber, formatRate, formatShare } from '../units/format.ts'
import { milliseconds } from '../units/quantity.ts'
import type { MetricComparison } from './comparison.ts'

type Measure = Pick<MetricComparison, 'scale' | 'worse' | 'unit'>

/** A change as the reader sees the metric move: −0.12 for a knee that fell by 12 %, 0.004 for 0.4 points more errors. */
export function naturalChange({ scale, worse }: Measure, change: number): number {
  const own = worse === 'higher' ? change : -change
  return scale === 'log' ? Math.expm1(own) : own
}

/** `12 %`, `0.4 points`. */
export function wordSize({ scale }: Pick<Measure, 'scale'>, size: number): string {
  const part = formatNumber(Math.abs(size) * 100, 2)
  return scale === 'log' ? `${part} %` : `${part} ${part === '1' ? 'point' : 'points'}`
}

/** `12 % lower`, `unchanged`. */
export function wordChange(measure: Measure, change: number): string {
  const own = naturalChange(measure, change)
  const size = wordSize(measure, own)
  return size.startsWith('0 ') || Math.abs(own) < 5e-5
    ? 'unchanged'
    : `${size} ${own > 0 ? 'higher' : 'lower'}`
}

/** `10 % to 14 % lower`, `3 % lower to 2 % higher`. */
export function wordChanges(measure: Measure, low: number, high: number): string {
  const ends = [naturalChange(measure, low), naturalChange(measure, high)].sort((a, b) => a - b)
  const [from, to] = ends as [number, number]
  if (from > 0) return `${wordSize(measure, from)} to ${wordSize(measure, to)} higher`
  if (to < 0) return `${wordSize(measure, to)} to ${wordSize(measure, from)} lower`
  return `${wordSize(measure, from)} lower to ${wordSize(measure, to)} higher`
}

/** A value of the metric: `842/s`, `12.4 ms`, `0.2 %`. */
export function wordValue({ unit }: Pick<Measure, 'unit'>, value: number): string {
  switch (unit) {
    case 'perSecond':
      return formatRate(value)
    case 'milliseconds':
      return formatDuration(milliseconds(value))
    case 'share':
      return formatShare(value)
    default:
      return unit satisfies never
  }
}
