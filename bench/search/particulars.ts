import type { Findings } from '../../src/analysis/findings.ts'
import type { Values } from '../../src/lab/lab-entry.ts'

/** A figure beside the knee that a server of this family has, and what the report says of it. */
export interface Particular {
  readonly name: string
  /** Null where the report does not tell. */
  readonly found: number | null
  readonly known: number
  /** `found` over `known` may be from … to. */
  readonly from: number
  readonly to: number
}

type Told = Pick<Findings, 'capacity' | 'recovery' | 'search'>

const within = (tolerance: number): Pick<Particular, 'from' | 'to'> => ({
  from: 1 - tolerance,
  to: 1 + tolerance,
})

/** Of one family each, with the tolerance of the acceptance suite. */
const PARTICULARS: Readonly<Record<string, (values: Values, told: Told) => Particular>> = {
  /** A full bucket of b tokens lets b requests through beyond its rate. */
  BUCKET: ({ burst }, { search }) => ({
    name: 'burst',
    found: search?.absorbedRequests ?? null,
    known: burst!,
    ...within(0.2),
  }),
  /** At λ > C the wait grows by λ/C − 1 each second, and reaches T after T/(λ/C − 1). */
  TIMEOUT: ({ service, timeout }, { capacity }) => {
    const forecast = capacity.timeoutForecast
    const growth = (forecast?.rps ?? Number.NaN) * service! - 1
    return {
      name: 's to the first 504',
      found: forecast?.seconds ?? null,
      known: timeout! / growth,
      ...within(0.15),
    }
  },
  /** Full, it completes X(K) of the universal scalability law, and only below that it gets emptier. */
  RETRO: ({ gamma, alpha, beta, limit }, { recovery }) => ({
    name: 'R',
    found: recovery?.metastable === true ? recovery.rateRps : null,
    known: (gamma! * limit!) / (1 + alpha! * (limit! - 1) + beta! * limit! * (limit! - 1)),
    from: 130 / 154,
    to: 170 / 154,
  }),
}

export function particularOf(family: string, values: Values, told: Told): Particular | null {
  return PARTICULARS[family]?.(values, told) ?? null
}

export const isRight = ({ found, known, from, to }: Particular): boolean =>
  found !== null && found >= from * known && found <= to * known
