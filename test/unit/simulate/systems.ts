import type { Estimate, Outcome } from '../../../src/simulate/outcome.ts'
import { PATIENT_CLIENT, PLAIN_GATEWAY } from '../../../src/simulate/setting.ts'
import type { Backends, Client, Gateway, Load, ServiceLaw, Setting } from '../../../src/simulate/setting.ts'
import { simulate } from '../../../src/simulate/simulate.ts'

export interface Parts extends Partial<Omit<Setting, 'gateway' | 'backends' | 'client'>> {
  readonly gateway?: Partial<Gateway>
  readonly backends?: Partial<Backends>
  readonly client?: Partial<Client>
}

/** One backend with one slot, an endless queue and patient clients, unless told otherwise. */
export const settingOf = ({ gateway, backends, client, ...rest }: Parts = {}): Setting => ({
  cache: null,
  limiter: null,
  ...rest,
  gateway: { ...PLAIN_GATEWAY, ...gateway },
  backends: { count: 1, slots: 1, power: 1, errorShare: 0, ...backends },
  client: { ...PATIENT_CLIENT, ...client },
})

/** Mean 1, so that times are multiples of the mean service time and rates are loads. */
export const EXPONENTIAL: ServiceLaw = { kind: 'exponential', mean: 1 }
export const DETERMINISTIC: ServiceLaw = { kind: 'deterministic', mean: 1 }

/** Twenty replications, each of so many requests, of which so many are left out. */
export interface Extent {
  readonly requests?: number
  readonly warmUp?: number
  readonly backlog?: number
  readonly seed?: number
}

export const poisson = (
  rate: number,
  { requests = 6000, warmUp = 1000, backlog = 0, seed = 1 }: Extent = {},
): Load => ({
  arrivals: { kind: 'poisson', rate, requests, backlog },
  warmUp,
  replications: 20,
  seed,
})

/** Once, all of them counted. */
export const given = (at: readonly number[]): Load => ({
  arrivals: { kind: 'given', at },
  warmUp: 0,
  replications: 1,
  seed: 1,
})

export const every = (gap: number, requests: number): Load =>
  given(Array.from({ length: requests }, (_, i) => i * gap))

export const simulated = (parts: Parts, law: ServiceLaw, load: Load): Outcome =>
  simulate(settingOf(parts), law, load)

/**
 * How many standard errors an estimate is off. Seeds are fixed, so that what is within three once is so always; `relative` is an error that
 * is too large to say anything.
 */
export function errorsOff({ value, standardError }: Estimate, truth: number, relative = 0.08): number {
  if (!(standardError > 0 && standardError < relative * truth))
    throw new Error(`an error of ${standardError} for ${truth} does not test anything`)
  return Math.abs(value - truth) / standardError
}
