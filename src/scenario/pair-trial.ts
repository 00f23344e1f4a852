import { formatRate } from '../units/format.ts'
import { perSecond } from '../units/quantity.ts'

export interface PairTrial {
  readonly name: string
  /** Origin, e.g. `http://127.0.0.1:8080`. */
  readonly target: string
  /** With its query. */
  readonly path: string
  /** The base's knee, 1/s. */
  readonly kneeRps: number
  /** May the target be offered more than it carries? */
  readonly overloads: boolean
}

/**
 * The scenario of one run of a series, as somebody would write it: response times at 30 % and 60 % of the base's knee, then beyond it,
 * for knee and saturation throughput. Short, because more runs tell more than longer ones; long enough for a p99 at 42/s.
 */
export function pairTrial({ name, target, path, kneeRps, overloads }: PairTrial): string {
  const at = (share: number): string => rate(share * kneeRps)
  const beyond = `  - { name: climb, from: ${at(0.6)}, to: ${at(1.25)}, for: 10s }
  - { name: beyond, rate: ${at(1.25)}, for: 16s }
`
  return `# One run of a comparison in pairs, made for a knee of about ${formatRate(perSecond(kneeRps))}.
name: ${quote(name)}
target: ${quote(target)}
stages:
  - { name: warm-up, rate: ${at(0.3)}, for: 3s, warmup: true }
  - { name: light, rate: ${at(0.3)}, for: 12s }
  - { name: busy, rate: ${at(0.6)}, for: 12s }
${overloads ? beyond : ''}requests:
  - { name: page, get: ${quote(path)} }
`
}

const rate = (rps: number): string => `${Number(rps.toPrecision(3))}/s`

/** A JSON string is a YAML string. */
const quote = (text: string): string => JSON.stringify(text)
