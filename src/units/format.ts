import type { Bytes, Nanoseconds, RatePerSecond, Share } from './quantity.ts'

/**
 * At most `digits` significant digits, thousands grouped by a thin separator, no exponent, no trailing
 * zeros after a decimal point.
 */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return '–'
  if (value === 0) return '0'
  const magnitude = Math.floor(Math.log10(Math.abs(value)))
  const decimals = Math.max(0, digits - 1 - magnitude)
  const fixed = value.toFixed(Math.min(decimals, 12))
  const [whole = '0', fraction] = fixed.split('.')
  const grouped = whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ' ')
  const kept = fraction?.replace(/0+$/, '')
  return kept === undefined || kept === '' ? grouped : `${grouped}.${kept}`
}

/** `842/s`, `1 140/s`, `0.5/s`. */
export function formatRate(rate: RatePerSecond | number): string {
  return `${formatNumber(rate, rate >= 1000 ? 4 : 3)}/s`
}

/** `340 µs`, `12.4 ms`, `1.5 s`, `2 min 5 s`. */
export function formatDuration(time: Nanoseconds | number): string {
  if (time < 0) return `-${formatDuration(Math.abs(time))}`
  if (time === 0) return '0 s'
  if (time < 999.5) return `${formatNumber(time)} ns`
  if (time < 999.5e3) return `${formatNumber(time / 1e3)} µs`
  if (time < 999.5e6) return `${formatNumber(time / 1e6)} ms`
  if (time < 119.5e9) return `${formatNumber(time / 1e9)} s`
  const whole = Math.round(time / 1e9)
  const restSeconds = whole % 60
  const minutes = Math.floor(whole / 60)
  return restSeconds === 0 ? `${minutes} min` : `${minutes} min ${restSeconds} s`
}

/** `12.5 %`, `0.04 %`, `0 %`. */
export function formatShare(part: Share | number): string {
  return `${formatNumber(part * 100)} %`
}

/** A share that has to be reached: what is just too small is too small, so it is rounded up, the finer the nearer it is to all. */
export function formatLeastShare(share: number): string {
  const decimals = share <= 0.99 ? 1 : share <= 0.999 ? 2 : 3
  const step = 10 ** decimals
  return `${formatNumber(Math.ceil(share * 100 * step - 1e-6) / step, decimals + 2)} %`
}

/** Powers of 1000: `512 B`, `12.4 kB`. */
export function formatSize(size: Bytes | number): string {
  if (size < 1e3) return `${formatNumber(size)} B`
  if (size < 1e6) return `${formatNumber(size / 1e3)} kB`
  return size < 1e9 ? `${formatNumber(size / 1e6)} MB` : `${formatNumber(size / 1e9)} GB`
}
