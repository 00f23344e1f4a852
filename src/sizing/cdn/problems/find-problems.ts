import { formatDuration, formatRate, formatSize } from '../../../units/format.ts'
import { readAnswer } from '../answer-reading.ts'
import { isReadOnly, readableHead } from '../cached.ts'
import type { CacheProblem } from '../cdn-answer.ts'
import type { CdnRoute } from '../cdn-question.ts'
import { originLoad } from '../origin-load.ts'
import type { Caches, Stream } from '../origin-load.ts'
import { freshnessRules } from './freshness-rules.ts'
import { namesFile, wantedLife } from './lifetime-wanted.ts'
import type { Examined, ProblemRule } from './problem-rule.ts'
import { storageRules } from './storage-rules.ts'

const RULES: readonly ProblemRule[] = [...storageRules, ...freshnessRules]

/** Everything that the cost of a problem is computed from; `streams` are those of `routes`, in their order. */
export interface Traffic {
  readonly routes: readonly CdnRoute[]
  readonly streams: readonly Stream[]
  readonly caches: Caches
}

/** What keeps caches from answering, the dearest first. Only answers whose head was kept, and only those to GET and HEAD. */
export function findProblems(traffic: Traffic): readonly CacheProblem[] {
  return traffic.routes
    .flatMap((route, index) => {
      const examined = examine(route)
      return examined === undefined ? [] : problemsOf(examined, index, traffic)
    })
    .toSorted((a, b) => b.costRps.value - a.costRps.value || b.costBytesPerSecond - a.costBytesPerSecond)
}

function examine(route: CdnRoute): Examined | undefined {
  const head = readableHead(route)
  // Where the user says how long to keep it, the cache is told to pass over the head.
  if (typeof head === 'string' || !isReadOnly(route.method) || route.ttl !== null || head.status === 206)
    return undefined
  const reading = readAnswer(head)
  const { directives, freshness } = reading
  const isFile = namesFile(route.path)
  const isStorable = !directives.has('no-store') && !directives.has('private')
  const saysHowLong = (freshness.lifetime ?? 0) > 0 && !directives.has('no-cache')
  return { reading, route, isFile, isStorable, isMeant: isFile || (isStorable && saysHowLong) }
}

function problemsOf(examined: Examined, index: number, traffic: Traffic): readonly CacheProblem[] {
  const life = rightLife(examined)
  const { route, reading } = examined
  return RULES.flatMap(({ id, find }) => {
    const found = find(examined)
    if (found === undefined) return []
    const ttl = withProblem(id, reading.freshness.lifetime, life)
    return [{ id, route: route.name, ...found, ...cost({ id, index, ttl, life }, traffic) }]
  })
}

/** How long the answer would be kept, were nothing wrong with it. */
function rightLife({ reading: { freshness, directives }, isFile }: Examined): number {
  const { life, short } = wantedLife(isFile)
  const { lifetime, from } = freshness
  const isChosen = lifetime !== null && lifetime > 0 && (from === 's-maxage' || lifetime >= short)
  return isChosen && !directives.has('no-cache') ? lifetime : life
}

/** How long it is kept with one problem and none other. */
function withProblem(id: CacheProblem['id'], lifetime: number | null, life: number): number | null {
  if (id === 'short-freshness') return lifetime
  return id === 'no-validator' ? life : null
}

interface Alone {
  readonly id: CacheProblem['id']
  readonly index: number
  /** Time to live with the problem, and without it. */
  readonly ttl: number | null
  readonly life: number
}

function cost(
  { id, index, ttl, life }: Alone,
  traffic: Traffic,
): Pick<CacheProblem, 'costRps' | 'costBytesPerSecond'> {
  const right = loadWith(index, life, traffic)
  if (id === 'no-validator') return unconfirmed(right.ofRoute, traffic.routes[index])
  const wrong = loadWith(index, ttl, traffic)
  const value = Math.max(0, wrong.rps - right.rps)
  const kept = `kept for ${formatDuration(life * 1e9)}`
  return {
    costRps: {
      value,
      from: `the origin is asked ${formatRate(wrong.rps)} with it and ${formatRate(right.rps)} without it (${kept}): ${formatRate(value)}`,
    },
    costBytesPerSecond: Math.max(0, wrong.bytesPerSecond - right.bytesPerSecond),
  }
}

/** Whole answers where their heads would do. */
function unconfirmed(
  originRps: number,
  route: CdnRoute | undefined,
): Pick<CacheProblem, 'costRps' | 'costBytesPerSecond'> {
  const saved = Math.max(0, (route?.bytesPerAnswer ?? 0) - (route?.head?.length ?? 0))
  return {
    costRps: {
      value: 0,
      from: `a 304 is a request too; it saves ${formatSize(saved)} each of ${formatRate(originRps)}`,
    },
    costBytesPerSecond: originRps * saved,
  }
}

interface Load {
  readonly rps: number
  readonly bytesPerSecond: number
  readonly ofRoute: number
}

/** The whole origin load, were one route kept for `ttl`: what it needs of the room others lose. */
function loadWith(index: number, ttl: number | null, { routes, streams, caches }: Traffic): Load {
  const { originRps } = originLoad(
    streams.map((stream, i) => (i === index ? { ...stream, ttl } : stream)),
    caches,
  )
  return {
    rps: originRps.reduce((sum, rps) => sum + rps, 0),
    bytesPerSecond: originRps.reduce((sum, rps, i) => sum + rps * (routes[i]?.bytesPerAnswer ?? 0), 0),
    ofRoute: originRps[index] ?? 0,
  }
}
