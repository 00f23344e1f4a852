import type { FailureCause } from '../../src/result/outcome.ts'
import type { Random } from '../../src/units/random.ts'

/** What becomes of a request that arrives at `at` (seconds, rising from call to call). */
export type Server = (at: number, request: number) => Ending

/** An answer, or a connection that failed. */
export interface Ending {
  readonly status: number | FailureCause
  readonly endsAt: number
}

/** A server is built anew for each run, with its own stream of chance. */
export type ServerModel = (random: Random) => Server

type Service = (random: Random) => number

export const fixed =
  (seconds: number): Service =>
  () =>
    seconds

export const exponential =
  (rate: number): Service =>
  random =>
    -Math.log(random.uniform()) / rate

/**
 * First come, first served by `servers` equal servers; when `capacity` requests are in the system the next one is
 * answered 502 at once. All others end as the queue's recursion says: start = max(arrival, first server free).
 */
export function queue(service: Service, servers = 1, capacity: number = Infinity): ServerModel {
  return random => {
    const freeAt = Array.from({ length: servers }, () => 0)
    const departures: number[] = []
    return at => {
      while (departures.length > 0 && departures[0]! <= at) departures.shift()
      if (departures.length >= capacity) return { status: 502, endsAt: at + 0.0005 }
      const first = freeAt.indexOf(Math.min(...freeAt))
      const endsAt = Math.max(at, freeAt[first]!) + service(random)
      freeAt[first] = endsAt
      if (capacity < Infinity) insert(departures, endsAt)
      return { status: 200, endsAt }
    }
  }
}

function insert(sorted: number[], value: number): void {
  let i = sorted.length
  while (i > 0 && sorted[i - 1]! > value) i -= 1
  sorted.splice(i, 0, value)
}

/** Lets `rate` per second through, and a burst of `burst` at once; the rest is answered 503 after 1 ms. */
export function tokenBucket(rate: number, burst: number, serviceSeconds = 0.005): ServerModel {
  return () => {
    let tokens = burst
    let last = 0
    return at => {
      tokens = Math.min(burst, tokens + (at - last) * rate)
      last = at
      if (tokens < 1) return { status: 503, endsAt: at + 0.001 }
      tokens -= 1
      return { status: 200, endsAt: at + serviceSeconds }
    }
  }
}

/** A gateway that answers 504 after `timeout` seconds, while the server behind it works on. */
export function withGatewayTimeout(model: ServerModel, timeout: number): ServerModel {
  return random => {
    const server = model(random)
    return (at, request) => {
      const ending = server(at, request)
      return ending.endsAt - at <= timeout ? ending : { status: 504, endsAt: at + timeout }
    }
  }
}

/** A share of the requests, and `outageShare` of those in outages of `outageSeconds` at random times, is answered 502. */
export function flaky(
  model: ServerModel,
  sporadic: number,
  outage: { readonly every: number; readonly seconds: number; readonly share: number },
): ServerModel {
  return random => {
    const server = model(random)
    let begins = -Math.log(random.uniform()) * outage.every
    return (at, request) => {
      while (at > begins + outage.seconds)
        begins += outage.seconds - Math.log(random.uniform()) * outage.every
      const p = at >= begins ? outage.share : sporadic
      return random.uniform() <= p ? { status: 502, endsAt: at + 0.001 } : server(at, request)
    }
  }
}

/** Request `broken` is answered 502 after 3 ms at any load; the others go to the server. */
export function brokenRoute(model: ServerModel, broken: number): ServerModel {
  return random => {
    const server = model(random)
    return (at, request) => (request === broken ? { status: 502, endsAt: at + 0.003 } : server(at, request))
  }
}

/** From `from` to `to` seconds every connection is reset. */
export function restarting(model: ServerModel, from: number, to: number): ServerModel {
  return random => {
    const server = model(random)
    return (at, request) =>
      at >= from && at < to ? { status: 'reset', endsAt: at + 0.0002 } : server(at, request)
  }
}

/** Answers at once, but stands still from `from` to `to`: whatever is due meanwhile is answered at `to`. */
export function frozen(from: number, to: number): ServerModel {
  return () => at => ({ status: 200, endsAt: (at >= from && at < to ? to : at) + 0.0005 })
}

/** Every connection fails. */
export function unreachable(cause: FailureCause): ServerModel {
  return () => at => ({ status: cause, endsAt: at + 0.0002 })
}
