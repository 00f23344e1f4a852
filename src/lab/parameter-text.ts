import { parseDuration, parseRate, parseShare } from '../units/parse.ts'
import { toSeconds } from '../units/quantity.ts'
import type { ParameterKind } from './lab-entry.ts'

interface Kind {
  /** Undefined when the text is none of this kind. */
  read(text: string): number | undefined
  /** As `read` takes it. */
  write(value: number): string
  /** What to write, for the fix of a problem. */
  readonly wants: string
}

const number = (text: string): number | undefined =>
  /^\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined
const whole = (text: string): number | undefined => (/^\d{1,9}$/.test(text) ? Number(text) : undefined)
const positive = (value: number | undefined): number | undefined =>
  value !== undefined && value > 0 && value < Infinity ? value : undefined
const duration = (text: string): number | undefined => {
  const parsed = parseDuration(text)
  return parsed === undefined ? undefined : toSeconds(parsed)
}

/** Seconds as `30s`, `2ms` or `250us`, whichever has no needless zeros. */
const writeDuration = (value: number): string => {
  const rounded = (scaled: number): number => Number(scaled.toPrecision(9))
  if (value === 0 || value >= 1) return `${rounded(value)}s`
  return value >= 1e-3 ? `${rounded(value * 1e3)}ms` : `${rounded(value * 1e6)}us`
}

const KINDS: Readonly<Record<ParameterKind, Kind>> = {
  rate: {
    read: text => positive(number(text) ?? parseRate(text)),
    write: value => `${value}/s`,
    wants: 'a rate above 0, for example 400 or 400/s',
  },
  duration: {
    read: text => positive(duration(text)),
    write: writeDuration,
    wants: 'a duration above 0 with its unit, for example 20ms',
  },
  'duration-or-zero': {
    read: duration,
    write: writeDuration,
    wants: 'a duration with its unit, for example 20ms or 0s',
  },
  count: {
    read: text => positive(whole(text)),
    write: String,
    wants: 'a whole number from 1, for example 8',
  },
  'count-or-zero': { read: whole, write: String, wants: 'a whole number, for example 64' },
  'count-or-none': {
    read: text => (text === 'none' ? Infinity : positive(whole(text))),
    write: value => (value === Infinity ? 'none' : String(value)),
    wants: 'a whole number from 1, or none',
  },
  share: {
    read: text => [parseShare(text) ?? number(text)].find(value => value !== undefined && value <= 1),
    write: value => `${Number((value * 100).toPrecision(9))}%`,
    wants: 'a share up to 100%, for example 0.3%',
  },
  factor: { read: text => positive(number(text)), write: String, wants: 'a number above 0, for example 2.5' },
}

export const readParameter = (kind: ParameterKind, text: string): number | undefined => KINDS[kind].read(text)
export const writeParameter = (kind: ParameterKind, value: number): string => KINDS[kind].write(value)
export const wantedOf = (kind: ParameterKind): string => KINDS[kind].wants
