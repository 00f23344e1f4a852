/**
 * A server in virtual time. The fate of a request follows from its arrival instant, the arrivals before it and a
 * seed, never from how fast this machine happens to be: D_n = max(t_n, D_{n−1}) + S_n and the like. So a late timer
 * delays one reply but cannot move the capacity. Instants are seconds since the first request.
 */
export interface LabModel {
  /** Must be called in the order of `atSeconds`; `path` may carry a query. */
  arrive(atSeconds: number, path: string): Reply
  /** Only where a departure depends on who comes later. */
  readonly later?: LaterDepartures
}

export interface Reply {
  /** 0 where `action` leaves no status to send. */
  readonly status: number
  /** Infinity until `later` tells it; then the model writes it here. */
  departsAtSeconds: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** `reset`: the connection is cut instead of answered. */
  readonly action?: 'reset'
}

/**
 * Departures of a server whose speed changes with each arrival (processor sharing). Before an arrival at t is
 * handed over, every departure up to t has to be taken.
 */
export interface LaterDepartures {
  /** The next departure if nobody else arrives; Infinity when nobody is waiting. */
  nextAt(): number
  /** Takes that departure: the very object that `arrive` returned, its departure now filled in. */
  take(): Reply
}
