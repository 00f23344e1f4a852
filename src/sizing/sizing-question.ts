/** What is to be carried, and with how much room. Rates in 1/s, times in s, shares 0 to 1, money in the user's own unit. */
export interface SizingQuestion {
  /** Arrivals at the peak, as users make them; the two ends are equal where it is one number. */
  readonly peak: { readonly low: number; readonly high: number }
  /** Growth of that until it comes, as a share: 0.3 for 30 % more. */
  readonly growth: number
  /** u: share of the capacity to plan for at most. */
  readonly headroom: number
  /** k: backends that may be down at the peak. */
  readonly survive: number
  /** Availability zones that the backends are spread over; one of them may be lost where there are several. */
  readonly zones: number
  /** h: share of the requests that never reach the backends, because a cache before them answers. */
  readonly hitRatio: number
  /** b: retries per request at most, over all of them; null where nothing bounds retries but `retries`. */
  readonly retryBudget: number | null
  /** r: how often a client tries again after an error. */
  readonly retries: number
  /** From the decision to add a backend until it carries load; null without autoscaling. */
  readonly scaleTime: number | null
  /** Growth of the load per second at its steepest, as a share of the load; null where it is not known. */
  readonly loadGrowth: number | null
  /** T_q: how long a request may wait for its turn. */
  readonly queueBudget: number
  /** For the length of the peak; null where costs are not asked for. */
  readonly costPerBackend: number | null
  /** Per GB (10⁹ bytes) that leaves the origin. */
  readonly egressCost: number | null
  /** How long the peak lasts. */
  readonly peakLasts: number
}

export const SIZING_DEFAULTS: Omit<SizingQuestion, 'peak'> = {
  growth: 0,
  headroom: 0.7,
  survive: 1,
  zones: 1,
  hitRatio: 0,
  retryBudget: null,
  retries: 0,
  scaleTime: null,
  loadGrowth: null,
  queueBudget: 1,
  costPerBackend: null,
  egressCost: null,
  peakLasts: 3600,
}
