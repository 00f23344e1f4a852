/** `fail`: the alternative is shown; `clear`: it is excluded. */
export type SprtDecision = 'fail' | 'clear' | 'undecided'

/** Where a log-likelihood ratio stands between the bounds −bound and bound. */
export function sprtDecision(logRatio: number, bound: number): SprtDecision {
  if (logRatio > bound) return 'fail'
  return logRatio < -bound ? 'clear' : 'undecided'
}
