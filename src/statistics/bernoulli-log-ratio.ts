/** ln of how much likelier `hits` of `trials` are at the share `p1` than at `p0`, both strictly between 0 and 1. */
export const bernoulliLogRatio = (hits: number, trials: number, p0: number, p1: number): number =>
  hits * Math.log(p1 / p0) + (trials - hits) * (Math.log1p(-p1) - Math.log1p(-p0))
