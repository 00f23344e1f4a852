import { formatRate, formatShare } from '../../units/format.ts'
import { assumptions } from './assumptions.ts'
import { judgeCached } from './cached.ts'
import { cachingOrder } from './caching-order.ts'
import type { Cached, CdnAnswer, CdnRouteAnswer, ExpectedLoad, NeededHits } from './cdn-answer.ts'
import type { CdnQuestion } from './cdn-question.ts'
import { emptiedCache } from './emptied-cache.ts'
import { expectedLoad, routeHits, sum } from './expected-load.ts'
import { neededHits, neededOf } from './needed-hits.ts'
import { objectClasses } from './object-classes.ts'
import { originLoad } from './origin-load.ts'
import type { Caches, OriginLoad, Stream } from './origin-load.ts'
import { findProblems } from './problems/find-problems.ts'

/** What a cache before the present origin takes off it at the peak, what that rests on, and what it is worth to repair. */
export function sizeCdn(question: CdnQuestion): CdnAnswer {
  const { peak, capacity, routes } = question
  const caches: Caches = { ...question.cache, fetchTime: question.fetchTime }
  const cached = routes.map(judgeCached)
  const streams = routes.map(({ share, objects }, i) => ({
    rps: peak * share,
    ttl: ttlOf(cached[i]),
    classes: objectClasses(objects),
  }))
  const load = originLoad(streams, caches)
  const cacheable = sum(streams.map(({ rps, ttl }) => (ttl === null ? 0 : rps)))
  const needed = neededHits(peak, capacity, cacheable)
  const expected = expectedLoad(routes, streams, caches, load)
  const holds = expected.originRps.value <= capacity
  const answers = routeAnswers(question, cached, streams, load)
  return {
    needed,
    expected,
    holds,
    routes: answers,
    cachingOrder: cachingOrder(
      answers.flatMap(({ name: route, rps, originRps, cached }) =>
        cached.kind === 'kept' ? [{ route, rps, originRps }] : [],
      ),
      peak,
      capacity,
    ),
    emptied: emptiedCache(streams, caches, load, capacity),
    problems: findProblems({ routes, streams, caches }),
    assumptions: assumptions(question, cached),
    because: because(needed, expected, capacity),
  }
}

const ttlOf = (cached: Cached | undefined): number | null => (cached?.kind === 'kept' ? cached.ttl : null)

function routeAnswers(
  { routes, capacity, cache, fetchTime }: CdnQuestion,
  cached: readonly Cached[],
  streams: readonly Stream[],
  load: OriginLoad,
): readonly CdnRouteAnswer[] {
  const all = sum(load.originRps)
  return streams.map((stream, i) => {
    const route = routes[i]!
    const originRps = load.originRps[i] ?? 0
    return {
      name: route.name,
      rps: stream.rps,
      cached: cached[i]!,
      hitRatio: routeHits(stream, originRps, { ...cache, fetchTime }, load),
      originRps,
      originBytesPerSecond: originRps * route.bytesPerAnswer,
      neededHitRatio: neededOf(stream.rps, capacity - (all - originRps)),
    }
  })
}

function because({ hitRatio, ofCacheable }: NeededHits, expected: ExpectedLoad, capacity: number): string {
  if (hitRatio.value === 0) return hitRatio.from
  const has = `${formatShare(expected.hitRatio.value)} are expected, which leaves ${formatRate(expected.originRps.value)}`
  if (ofCacheable === null)
    return `what no cache may answer is more than the ${formatRate(capacity)} of the origin by itself; ${has}`
  return `a hit ratio of ${formatShare(hitRatio.value)} is needed; ${has}${expected.originRps.value <= capacity ? '' : `, more than ${formatRate(capacity)}`}`
}
