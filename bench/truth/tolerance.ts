import type { Family } from '../search/family.ts'

/** How far a figure may lie from the truth, as a share of it. */
export interface Tolerance {
  readonly rate: number
  /** Of the sustained onset; absent: only that there is one, or none. */
  readonly onset?: number
}

const USUAL: Tolerance = { rate: 0.03 }

/** Where the server itself makes more or less possible than usual. */
const TOLERANCES: Readonly<Record<string, Tolerance>> = {
  D1: { rate: 0.02 },
  MM1K: { rate: 0.03, onset: 0.04 },
  // The loss at 1 % grows 4.9 times as fast as the rate: ±3 % would take 39 000 requests a hold.
  ERLANG: { rate: 0.08 },
  BUCKET: { rate: 0.02 },
  TIMEOUT: { rate: 0.04 },
  // How long it carries a rate near its peak is a matter of chance.
  RETRO: { rate: 0.05 },
  STEP: { rate: 0.05 },
}

export const toleranceOf = ({ name }: Pick<Family, 'name'>): Tolerance => TOLERANCES[name] ?? USUAL
