import { bytes, nanoseconds, perSecond, share } from './quantity.ts'
import type { Bytes, Nanoseconds, RatePerSecond, Share } from './quantity.ts'

const NUMBER = String.raw`(\d+(?:_\d{3})*(?:\.\d+)?|\.\d+)`
const RATE = new RegExp(`^${NUMBER}\\s*/\\s*(s|sec|second|min|minute|h|hour)$`)
const DURATION = new RegExp(`^${NUMBER}\\s*(ns|us|µs|ms|s|m|min|h)$`)
const SIZE = new RegExp(`^${NUMBER}\\s*(B|kB|MB|GB|KiB|MiB|GiB)$`)
const PERCENT = new RegExp(`^${NUMBER}\\s*%$`)

const PER_SECOND: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  second: 1,
  min: 60,
  minute: 60,
  h: 3600,
  hour: 3600,
}
const IN_NANOSECONDS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  min: 60e9,
  h: 3600e9,
}
const IN_BYTES: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
}

function numberAndUnit(text: string, pattern: RegExp): [number, string] | undefined {
  const match = pattern.exec(text.trim())
  if (match === null) return undefined
  const value = Number((match[1] ?? '').replaceAll('_', ''))
  // A larger one is a slip of the finger, and could overflow in the base unit.
  return value <= Number.MAX_SAFE_INTEGER ? [value, match[2] ?? ''] : undefined
}

/** `200/s`, `12000/min`, `1_000/s`. Undefined when the text is not a rate. */
export function parseRate(text: string): RatePerSecond | undefined {
  const parsed = numberAndUnit(text, RATE)
  return parsed && perSecond(parsed[0] / PER_SECOND[parsed[1]]!)
}

/** `500ms`, `30s`, `5m`, `1h`. Undefined when the text is not a duration. */
export function parseDuration(text: string): Nanoseconds | undefined {
  const parsed = numberAndUnit(text, DURATION)
  return parsed && nanoseconds(parsed[0] * IN_NANOSECONDS[parsed[1]]!)
}

/** `512B`, `10kB` (1000), `10KiB` (1024). Undefined when the text is not a size. */
export function parseSize(text: string): Bytes | undefined {
  const parsed = numberAndUnit(text, SIZE)
  return parsed && bytes(parsed[0] * IN_BYTES[parsed[1]]!)
}

/** `99.9%` gives 0.999. Undefined when the text is not a percentage. */
export function parseShare(text: string): Share | undefined {
  const parsed = numberAndUnit(text, PERCENT)
  return parsed && share(parsed[0] / 100)
}
