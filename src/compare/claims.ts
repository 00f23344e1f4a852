import { binomialTail } from '../statistics/binomial.ts'
import { tailAbove } from '../statistics/location-shift.ts'
import type { LocationShift } from '../statistics/location-shift.ts'
import { rankSumAbove } from '../statistics/rank-sum.ts'
import { signedRankAbove } from '../statistics/signed-rank.ts'
import type { Claims, ComparisonVerdict } from './comparison.ts'

/** P of a change at least as far above (`up`) or below (`down`) a limit as was seen, if the true one were at the limit. */
interface Tails {
  /** Of the claim: the change is above `limit`. */
  readonly up: (limit: number) => number
  /** Of the claim: the change is below `limit`. */
  readonly down: (limit: number) => number
}

/** Regressed: above the margin. Improved: below minus the margin. Equivalent: both above minus it and below it (TOST; Schuirmann 1987). */
const claimsFrom = ({ up, down }: Tails, margin: number): Claims => ({
  regressed: up(margin),
  improved: down(-margin),
  equivalent: Math.max(up(-margin), down(margin)),
})

export const shiftClaims = (shift: LocationShift, margin: number): Claims =>
  claimsFrom(
    {
      up: limit => tailAbove(shift, limit),
      down: limit => tailAbove({ ...shift, value: -shift.value }, -limit),
    },
    margin,
  )

export const signedRankClaims = (changes: readonly number[], margin: number): Claims =>
  claimsFrom(
    {
      up: limit => signedRankAbove(changes, limit),
      down: limit =>
        signedRankAbove(
          changes.map(change => -change),
          -limit,
        ),
    },
    margin,
  )

/** Each value known to lie between two ends, which may be the same or infinite. */
export interface Range {
  readonly low: number
  readonly high: number
}

/** Of two samples whose values may be known by bounds only: each counts as what speaks least for the claim. */
export const rankSumClaims = (a: readonly Range[], b: readonly Range[], margin: number): Claims =>
  claimsFrom(
    {
      up: limit =>
        rankSumAbove(
          a.map(({ high }) => high),
          b.map(({ low }) => low),
          limit,
        ),
      down: limit =>
        rankSumAbove(
          b.map(({ high }) => high),
          a.map(({ low }) => low),
          -limit,
        ),
    },
    margin,
  )

/** The sign test on changes that may be known by bounds only. */
export const signClaims = (changes: readonly Range[], margin: number): Claims => {
  const tail = (count: number): number => binomialTail(count, changes.length, 0.5)
  return claimsFrom(
    {
      up: limit => tail(changes.filter(({ low }) => low > limit).length),
      down: limit => tail(changes.filter(({ high }) => high < limit).length),
    },
    margin,
  )
}

/** Disjoint: of two claims at most one can have a p of at most 1/2. */
export function verdictOf({ regressed, improved, equivalent }: Claims, perSide: number): ComparisonVerdict {
  if (regressed <= perSide) return 'regressed'
  if (improved <= perSide) return 'improved'
  return equivalent <= perSide ? 'equivalent' : 'inconclusive'
}
