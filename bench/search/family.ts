import { chooseLab } from '../../src/lab/catalogue.ts'
import type { LabEntry, LabTruth, Values } from '../../src/lab/lab-entry.ts'
import type { RequestTemplate } from '../../src/plan/plan.ts'
import { seconds } from '../../src/units/quantity.ts'

/** How a server behaves beyond its knee, which is what a tolerance follows from. */
export type Kind = 'plateau' | 'collapsing' | 'loss' | 'changing'

/** Servers of the lab that differ in their rates alone, and what is asked of them. */
export interface Family {
  readonly name: string
  readonly kind: Kind
  readonly entry: LabEntry
  /** Of the server with its rates times `factor`. */
  readonly valuesAt: (factor: number) => Values
  readonly requests: readonly RequestTemplate[]
  /** The rate that is to be found is C_slo: no more than 1 % may take longer, s. */
  readonly slowAfter?: number
}

interface Wish {
  readonly name?: string
  readonly kind?: Kind
  readonly settings?: readonly string[]
  /** What the factor multiplies, and what it divides. */
  readonly rates?: readonly string[]
  readonly times?: readonly string[]
  readonly paths?: Readonly<Record<string, number>>
  readonly slowAfter?: number
}

const DEADLINE = seconds(10)

const template = ([path, weight]: [string, number]): RequestTemplate => ({
  name: path,
  weight,
  method: 'GET',
  path,
  headers: [],
  expect: [],
  deadline: DEADLINE,
})

function family(lab: string, wish: Wish): Family {
  const {
    name = lab,
    kind = 'plateau',
    settings = [],
    rates = [],
    times = [],
    paths = { '/': 1 },
    slowAfter,
  } = wish
  const chosen = chooseLab(lab, settings)
  if (!chosen.ok) throw new Error(chosen.problems.map(({ message }) => message).join('; '))
  const { entry, values } = chosen.value
  const scaled = (names: readonly string[], factor: number): [string, number][] =>
    names.map(each => [each, values[each]! * factor])
  return {
    name,
    kind,
    entry,
    valuesAt: factor => ({
      ...values,
      ...Object.fromEntries([...scaled(rates, factor), ...scaled(times, 1 / factor)]),
    }),
    requests: Object.entries(paths).map(template),
    ...(slowAfter !== undefined && { slowAfter }),
  }
}

/** Every server of the lab that has a knee. Adding one here leaves the draws of the others as they are. */
export const FAMILIES: readonly Family[] = [
  family('D1', { times: ['service'] }),
  family('MM1', { rates: ['rate'] }),
  family('MM1K', { rates: ['rate'] }),
  family('MMC', { rates: ['rate'] }),
  family('MMC', { name: 'MMC-136', settings: ['limit=136'], rates: ['rate'] }),
  family('ERLANG', { kind: 'loss', times: ['service'] }),
  family('BUCKET', { rates: ['rate'] }),
  family('GC', { rates: ['rate'] }),
  family('TIMEOUT', { kind: 'collapsing', times: ['service'] }),
  family('RETRO', { kind: 'collapsing', rates: ['gamma'] }),
  family('FLAKY', { rates: ['rate'] }),
  family('ROUTE', { times: ['service'], paths: { '/ok': 95, '/plugin': 5 } }),
  family('BLIP', { rates: ['rate'] }),
  family('STOREFRONT', {
    times: ['home', 'product', 'checkout'],
    paths: { '/': 8, '/product/42': 3, '/checkout': 1 },
  }),
  family('PAUSE', { settings: ['service=2ms'], times: ['service'] }),
  family('WARM', { rates: ['rate'] }),
  family('STEP', { kind: 'changing', rates: ['rate'] }),
  family('MM1', { name: 'SLO', rates: ['rate'], slowAfter: 0.1 }),
  family('WANDER', { rates: ['rate'] }),
]

/** `holdSeconds`: how long the rate was held that is compared; where it matters, the truth speaks of such a load. */
export function truthOf({ entry }: Family, values: Values, holdSeconds: number | null): LabTruth {
  const held = 'hold' in values && holdSeconds !== null ? { ...values, hold: holdSeconds } : values
  return entry.truth(held)
}

/**
 * The rate that is to be found. With a promise P(T > t) ≤ 1 % on M/M/1 it is µ − ln(100)/t, because T is exponential
 * with mean 1/(µ − λ) (Kleinrock, Queueing Systems I, 1975, §5.12).
 */
export function soughtRate(truth: LabTruth, { slowAfter }: Pick<Family, 'slowAfter'>): number {
  const knee = truth.kneePerSecond ?? Number.NaN
  return slowAfter === undefined ? knee : knee - Math.log(100) / slowAfter
}
