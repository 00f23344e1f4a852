/** `hits` of `of`. */
export interface Tally {
  readonly hits: number
  readonly of: number
}

/**
 * Standard error of the difference of two shares, each taken as if one hit and one miss more had been seen: not 0 where nothing
 * was hit (Agresti and Caffo, The American Statistician 54(4), 2000).
 */
export function shareDifferenceError(a: Tally, b: Tally): number {
  const variance = ({ hits, of }: Tally): number => {
    const share = (hits + 1) / (of + 2)
    return (share * (1 - share)) / (of + 2)
  }
  return Math.sqrt(variance(a) + variance(b))
}
