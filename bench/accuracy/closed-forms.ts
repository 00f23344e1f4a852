/**
 * What queueing theory says about the servers of the lab. Written for this benchmark alone: it shares no code with
 * `src/statistics`, `src/analysis` or `src/lab`, so that an error there cannot hide itself. Rates in 1/s, times in s.
 */

/** Mean and quantiles of a response time. */
export interface ResponseTime {
  readonly mean: number
  quantile(p: number): number
}

/** One stretch of even arrivals to a server that stands still once. */
export interface Pause {
  /** P, how long it stands still. */
  readonly pause: number
  /** T, how long requests arrive. */
  readonly seconds: number
  /** ρ = λ·S, the share of the time in which it would otherwise be busy. */
  readonly utilisation: number
}

/**
 * Whoever is due when the pause begins waits P; from then on the wait falls at the slope 1 − ρ, because the backlog is
 * worked off while new requests come. So a share P/((1 − ρ)T) waits, uniformly on (0, P], and the quantile p is
 * P − (1 − p)(1 − ρ)T where that is positive. The service time comes on top.
 */
export function pauseQuantile({ pause, seconds, utilisation }: Pause, p: number): number {
  return Math.max(0, pause - (1 - p) * (1 - utilisation) * seconds)
}

/** The mean of those waits over all requests: the share that waits, times P/2. */
export function pauseMean({ pause, seconds, utilisation }: Pause): number {
  return pause ** 2 / (2 * (1 - utilisation) * seconds)
}

/** M/M/1: the response time is exponential with rate µ − λ (Kleinrock, Queueing Systems I, §3.2 and §5.7). */
export function mm1(arrivals: number, service: number): ResponseTime {
  const rate = service - arrivals
  return { mean: 1 / rate, quantile: p => -Math.log(1 - p) / rate }
}

/** Share of Poisson arrivals that have to wait for one of `servers`, `load` = λ/µ erlangs: Erlang C. */
export function erlangC(servers: number, load: number): number {
  let blocking = 1
  for (let k = 1; k <= servers; k += 1) blocking = (load * blocking) / (k + load * blocking)
  const utilisation = load / servers
  return blocking / (1 - utilisation + utilisation * blocking)
}

/**
 * M/M/c: nobody waits with probability 1 − C, else an exponential time with rate θ = cµ − λ; then service with rate µ.
 * P(T > t) = (1 − C)e^(−µt) + C(θe^(−µt) − µe^(−θt))/(θ − µ), for θ ≠ µ.
 */
export function mmc(arrivals: number, servers: number, service: number): ResponseTime {
  const waits = erlangC(servers, arrivals / service)
  const theta = servers * service - arrivals
  const exceeds = (t: number): number =>
    (1 - waits) * Math.exp(-service * t) +
    (waits * (theta * Math.exp(-service * t) - service * Math.exp(-theta * t))) / (theta - service)
  return { mean: waits / theta + 1 / service, quantile: p => whereBelow(exceeds, 1 - p, 1 / theta) }
}

/**
 * M/D/1 with service time D (Franx 2001; Tijms, A First Course in Stochastic Models, §9.6.2): for (k − 1)D ≤ x < kD and
 * r = kD − x, P(wait ≤ x) = e^(−λr) Σ Q(k − 1 − j)·(λr)^j/j! over j = 0 … k − 1, where Q(n) is the probability of at most
 * n + 1 requests in the system. All terms are positive; Erlang's own sum alternates and loses four digits at ρ = 0.9.
 */
export function md1(arrivals: number, service: number): ResponseTime {
  const utilisation = arrivals * service
  const atMost = md1Numbers(utilisation)
  const exceeds = (wait: number): number => {
    const k = Math.floor(wait / service) + 1
    const rest = arrivals * (k * service - wait)
    let term = Math.exp(-rest)
    let sum = 0
    for (let j = 0; j < k; j += 1) {
      sum += term * atMost(k - j)
      term *= rest / (j + 1)
    }
    return 1 - sum
  }
  const mean = service + (utilisation * service) / (2 * (1 - utilisation))
  return {
    mean,
    quantile: p => service + (1 - utilisation >= p ? 0 : whereBelow(exceeds, 1 - p, mean)),
  }
}

/**
 * P(N ≤ n) of the number in an M/D/1 system. As many services end with n + 1 left that go down to n as end from n or less
 * that go above it: with A Poisson arrivals per service, p(n + 1)·P(A = 0) = p(0)·P(A > n) + Σ p(j)·P(A > n + 1 − j).
 */
function md1Numbers(utilisation: number): (n: number) => number {
  const moreThan = (m: number): number => {
    let term = Math.exp(-utilisation)
    let atMost = 0
    for (let a = 0; a <= m; a += 1) {
      atMost += term
      term *= utilisation / (a + 1)
    }
    return 1 - atMost
  }
  const p = [1 - utilisation]
  const cumulated = [1 - utilisation]
  return n => {
    for (let last = p.length - 1; last < n; last += 1) {
      let up = p[0]! * moreThan(last)
      for (let j = 1; j <= last; j += 1) up += p[j]! * moreThan(last + 1 - j)
      p.push(up * Math.exp(utilisation))
      cumulated.push(cumulated[last]! + p[last + 1]!)
    }
    return cumulated[n]!
  }
}

/** Where a falling function passes `level`, by bisection from 0; `scale` is a first guess. */
function whereBelow(falling: (t: number) => number, level: number, scale: number): number {
  let high = scale
  while (falling(high) > level) high *= 2
  let low = 0
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2
    if (falling(middle) > level) low = middle
    else high = middle
  }
  return high
}

/** A token bucket of rate r that holds b, full at first, under even arrivals of rate λ > r. */
export interface Bucket {
  readonly rate: number
  readonly burst: number
  readonly arrivals: number
}

export const bucketFirstRefusal = ({ rate, burst, arrivals }: Bucket): number => burst / (arrivals - rate)
export const bucketAccepted = ({ rate, burst }: Bucket, seconds: number): number => rate * seconds + burst
export const bucketRefusedShare = ({ rate, arrivals }: Bucket): number => 1 - rate / arrivals
