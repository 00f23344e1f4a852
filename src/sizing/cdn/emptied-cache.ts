import { formatDuration, formatNumber, formatRate } from '../../units/format.ts'
import type { Derived } from '../server-limits.ts'
import type { EmptiedCache, EmptiedPoint } from './cdn-answer.ts'
import { emptiedRequests } from './emptied-requests.ts'
import { ECHOES, emptiedTimes } from './emptied-times.ts'
import { cachesAtOrigin } from './origin-load.ts'
import type { Caches, OriginLoad, Stream } from './origin-load.ts'

/** Loads are means over a second, as the windows of a run are: for an instant a single fetch would be an endless rate. */
const SECOND = 1
const HALVINGS = 30

/** What happens from empty caches on: the first burst, the load by time, and when the origin is out of danger. */
export function emptiedCache(
  streams: readonly Stream[],
  caches: Caches,
  steady: OriginLoad,
  capacity: number,
): EmptiedCache {
  const lives = [...new Set(streams.flatMap(({ ttl }) => (ttl === null ? [] : [ttl])))]
  const requestsUntil = (at: number): number => emptiedRequests(streams, caches, steady.idle, at)
  const loadAt = (at: number): number => (requestsUntil(at + SECOND) - requestsUntil(at)) / SECOND
  const curve = emptiedTimes(lives).map(at => ({
    at,
    originRps: loadAt(at),
    originRequests: requestsUntil(at),
  }))
  const settledRps = steady.originRps.reduce((sum, rps) => sum + rps, 0)
  const below =
    settledRps > capacity
      ? never(`even caches that hold what they can leave ${formatRate(settledRps)} to the origin`)
      : belowAfter(curve, loadAt, capacity, ECHOES * Math.max(0, ...lives))
  return {
    firstRps: streams.reduce((sum, { rps }) => sum + rps, 0),
    burst: caches.fetchTime === null ? null : firstBurst(streams, caches, caches.fetchTime),
    curve,
    belowCapacityAfter: below,
    requestsBeyondCapacity: areaAbove(curve, capacity, below.seconds ?? Infinity),
  }
}

/** Fetches of the first W, none of which has been answered by then: what the origin has to work on at once. */
function firstBurst(
  streams: readonly Stream[],
  caches: Caches,
  fetchTime: number,
): NonNullable<EmptiedCache['burst']> {
  const all = streams.reduce((sum, { rps }) => sum + rps, 0)
  const number = cachesAtOrigin(caches)
  const distinct = streams.reduce((sum, { rps, ttl, classes }) => {
    if (ttl === null) return sum + rps * fetchTime
    return classes.reduce(
      (subtotal, { count, share }) =>
        subtotal - number * count * Math.expm1((-rps * share * fetchTime) / number),
      sum,
    )
  }, 0)
  const during = formatDuration(fetchTime * 1e9)
  return {
    collapsed: derived(
      distinct,
      `distinct objects asked for in W = ${during}: Σ(1 − e^(−λᵢW)), with every request that no cache may answer, = ${formatNumber(distinct)}`,
    ),
    uncollapsed: derived(
      all * fetchTime,
      `all requests of W: λW = ${formatRate(all)} × ${during} = ${formatNumber(all * fetchTime)}`,
    ),
  }
}

function belowAfter(
  curve: readonly EmptiedPoint[],
  loadAt: (at: number) => number,
  capacity: number,
  lastEcho: number,
): EmptiedCache['belowCapacityAfter'] {
  const last = curve.findLastIndex(({ originRps }) => originRps > capacity)
  const over = curve[last]
  const next = curve[last + 1]
  if (over === undefined)
    return { seconds: 0, because: 'the origin carries the load of an empty cache from the first second on' }
  const still = `it is ${formatRate(over.originRps)} still ${formatDuration(over.at * 1e9)} after`
  if (over.at >= lastEcho)
    return never(`${still}: what was fetched together expires together, time and again`)
  if (next === undefined) return never(still)
  const seconds = crossing(over.at, next.at, at => loadAt(at) > capacity)
  return {
    seconds,
    because: `from ${formatDuration(seconds * 1e9)} on the mean over a second stays within ${formatRate(capacity)}`,
  }
}

const never = (because: string): EmptiedCache['belowCapacityAfter'] => ({ seconds: null, because })

/** Where a claim that holds at `from` and not at `to` ceases to hold. */
function crossing(from: number, to: number, holds: (at: number) => boolean): number {
  let [low, high] = [from, to]
  for (let i = 0; i < HALVINGS; i += 1) {
    const middle = (low + high) / 2
    if (holds(middle)) low = middle
    else high = middle
  }
  return high
}

/** Requests above the capacity, by trapezoids; each point is the mean of the second that begins there. */
function areaAbove(curve: readonly EmptiedPoint[], capacity: number, until: number): number {
  const above = ({ originRps }: EmptiedPoint): number => Math.max(0, originRps - capacity)
  return curve.reduce((sum, point, i) => {
    const next = curve[i + 1]
    if (point.at > until) return sum
    if (next === undefined) return sum + above(point) * SECOND
    return sum + ((above(point) + above(next)) / 2) * (next.at - point.at)
  }, 0)
}

const derived = (value: number, from: string): Derived => ({ value, from })
