import type { PromiseClause } from '../plan/promise-clause.ts'
import { parsePercentile } from './percentile.ts'
import { parseDuration, parseRate, parseShare } from '../units/parse.ts'

/** The clause in the words that a scenario uses; read again, it is the same clause with this text. */
export function formatPromise(clause: PromiseClause): string {
  switch (clause.kind) {
    case 'knee':
      return `knee > ${writeRate(clause.above)}`
    case 'onset':
      return `${clause.status === 'any' ? '' : `${clause.status} `}onset > ${writeRate(clause.above)}`
    case 'latency':
    case 'errors': {
      const statistic = clause.kind === 'errors' ? 'errors' : writeStatistic(clause.statistic)
      const limit = clause.kind === 'errors' ? writePercent(clause.limit) : writeDuration(clause.limit)
      const of = clause.request === undefined ? '' : ` of ${clause.request}`
      const upTo = clause.upTo === undefined ? '' : ` up to ${writeRate(clause.upTo)}`
      return `${statistic}${of} < ${limit}${upTo}`
    }
    default:
      return clause satisfies never
  }
}

function writeStatistic(statistic: Extract<PromiseClause, { kind: 'latency' }>['statistic']): string {
  if (typeof statistic === 'string') return statistic
  return `p${write(statistic.percentile, text => parsePercentile(`p${text}`), [['', 100]])}`
}

const writeRate = (rate: number): string =>
  write(rate, parseRate, [
    ['/s', 1],
    ['/min', 60],
    ['/h', 3600],
  ])

const writeDuration = (time: number): string =>
  write(time, parseDuration, [
    ['ms', 1e-6],
    ['s', 1e-9],
    ['us', 1e-3],
    ['ns', 1],
  ])

const writePercent = (part: number): string => write(part, parseShare, [['%', 100]])

/**
 * The shortest text, in the first unit that has one of at most twelve significant digits, that reads as exactly
 * this value; 0.999 × 100 is not quite 99.9 in a double, so digits are added until the value comes back.
 */
function write(
  value: number,
  parse: (text: string) => number | undefined,
  units: readonly (readonly [name: string, perUnit: number])[],
): string {
  for (const [unit, factor] of units) {
    for (let digits = 0; digits <= 12; digits += 1) {
      const text = `${(value * factor).toFixed(digits)}${unit}`
      if (parse(text) === value) return text
    }
  }
  return `${value}${units[0]![0]}`
}
