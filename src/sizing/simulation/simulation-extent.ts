import type { Load } from '../../simulate/setting.ts'

/** One option, of which a simulation is to show the peak. Per backend where not said otherwise; rates in 1/s, times in s. */
export interface Offered {
  /** Backends of the option. */
  readonly backends: number
  readonly capacity: number
  /** What comes, and what of it gets past a limiter. */
  readonly rate: number
  readonly admitted: number
  /** Requests that can be there at once before the gateway turns the next away or gives up the first. */
  readonly mostHeld: number
  /** Whether the gateway bounds them, and not only its patience. */
  readonly isBounded: boolean
  readonly peakLasts: number
}

/** How much of a peak is simulated. */
export interface SimulationExtent {
  /** A part of a large system stands for it: it has its part of the load. */
  readonly backends: number
  readonly load: Load
}

const MOST_BACKENDS = 40
/** Requests that wait at the beginning, over all backends that are simulated. One backend may have more. */
const MOST_WAITING = 60_000
/** Counted, over all replications. */
const REQUESTS = 160_000
const REPLICATIONS = 4
/** With so many of them waiting at the beginning, one replication takes as long as several without. */
const MANY = 20_000
/** Fewer say nothing of a p99. */
const LEAST_REQUESTS = 4000
const LEAST_WARM_UP = 8000
const MOST_WARM_UP = 150_000
const SEED = 6

/**
 * The peak as it is in the end. An overload begins with the backlog that it has come to by then, rather than being waited for; what comes
 * after that backlog ends with the peak, unless nothing changes any more.
 */
export function simulationExtent(offered: Offered): SimulationExtent {
  const { capacity, rate, admitted, mostHeld, peakLasts } = offered
  const excess = Math.max(0, admitted - capacity)
  const most = Math.min(mostHeld, excess * peakLasts)
  /** The backlog is still growing when the peak ends. */
  const grows = most > 0 && most < mostHeld
  const backends = Math.max(1, Math.min(offered.backends, MOST_BACKENDS, Math.floor(MOST_WAITING / most)))
  const replications = most * backends > MANY ? 1 : REPLICATIONS
  const comes = rate * backends
  const whole = REQUESTS / replications
  const counted = grows ? Math.ceil(Math.max(LEAST_REQUESTS, Math.min(whole, comes * peakLasts))) : whole
  const before = grows ? excess * Math.max(0, peakLasts - counted / comes) : most
  const backlog = Math.round(before * backends)
  const warmUp = backlog + (grows ? 0 : settling(offered, backends))
  const arrivals = { kind: 'poisson', rate: comes, requests: warmUp + counted, backlog } as const
  return { backends, load: { arrivals, warmUp, replications, seed: SEED } }
}

/**
 * Requests after which queues have forgotten how they began: 4/(1 − ρ)² near saturation (Whitt, Management Science 35(11), 1989), the square of
 * their places at most, and three times through them where they are full.
 */
function settling({ capacity, rate, admitted, mostHeld, isBounded }: Offered, backends: number): number {
  const busy = admitted / capacity
  const forgets = Math.min(4 / (1 - busy) ** 2, mostHeld ** 2)
  const through = isBounded && busy >= 1 ? (3 * mostHeld * rate) / capacity : 0
  return Math.ceil(Math.min(MOST_WARM_UP, Math.max(LEAST_WARM_UP, backends * Math.max(forgets, through))))
}
