import { formatDuration } from '../../units/format.ts'
import { readAnswer } from './answer-reading.ts'
import type { AnswerReading } from './answer-reading.ts'
import type { Cached } from './cdn-answer.ts'
import type { CdnRoute } from './cdn-question.ts'
import { readHead } from './response-head.ts'
import type { ResponseHead } from './response-head.ts'

/**
 * What a shared cache makes of the answers of a route, by RFC 9111 and, where that leaves a choice, as the most careful of the common
 * caches does: Varnish, nginx and Cloudflare do not keep an answer with Set-Cookie.
 */
export function judgeCached(route: CdnRoute): Cached {
  if (!isReadOnly(route.method))
    return notKept(`answers to ${route.method} are not kept; only those to GET and HEAD are`)
  if (route.ttl !== null)
    return route.ttl > 0
      ? { kind: 'kept', ttl: route.ttl, because: `kept for ${spell(route.ttl)}, as given` }
      : notKept('kept for 0 s, as given')
  const head = readableHead(route)
  if (typeof head === 'string') return { kind: 'unknown', because: head }
  return judgeReading(readAnswer(head))
}

export const isReadOnly = (method: string): boolean => method === 'GET' || method === 'HEAD'

/** The head, or the reason why nothing can be said from it. */
export function readableHead({ head }: Pick<CdnRoute, 'head'>): ResponseHead | string {
  if (head === null) return 'the head of no good answer was kept'
  const read = readHead(head)
  if (read === undefined) return 'what was kept is not the head of an answer'
  return read.cut ? 'the head was longer than what was kept of it' : read
}

function judgeReading(reading: AnswerReading): Cached {
  const { lifetime, from } = reading.freshness
  const obstacles = [...storageObstacles(reading), ...freshnessObstacles(reading)]
  if (obstacles.length > 0 || lifetime === null || lifetime <= 0) return notKept(obstacles.join('; '))
  return { kind: 'kept', ttl: lifetime, because: `kept for ${spell(lifetime)} by its ${from}` }
}

function storageObstacles({ head, directives, setsCookie, varies }: AnswerReading): string[] {
  return [
    ...(head.status === 206 ? ['a part of an object (206) is not kept'] : []),
    ...(directives.has('no-store') ? ['Cache-Control: no-store'] : []),
    ...(directives.has('private') ? ['Cache-Control: private'] : []),
    ...(setsCookie ? ['it sets a cookie'] : []),
    ...(varies === 'on-anything' ? ['Vary: * matches no other request'] : []),
    ...(varies === 'by-visitor' ? ['its Vary gives each visitor a copy of his own'] : []),
  ]
}

function freshnessObstacles({ directives, freshness }: AnswerReading): string[] {
  if (directives.has('no-cache'))
    return ['Cache-Control: no-cache has every request revalidated at the origin']
  const { lifetime, from, invalid } = freshness
  if (invalid) return [`its ${from} is no number of seconds, so it is stale at once`]
  if (lifetime === 0) return [`its ${from} has every request revalidated at the origin`]
  if (lifetime !== null) return []
  return [
    from === null
      ? 'it does not say for how long; what caches then guess is not counted on'
      : 'its Expires means nothing without a Date',
  ]
}

const notKept = (because: string): Cached => ({ kind: 'not-kept', because })

const spell = (seconds: number): string => formatDuration(seconds * 1e9)
