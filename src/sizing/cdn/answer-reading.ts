import { readCacheControl } from './cache-control.ts'
import { freshness } from './freshness.ts'
import type { Freshness } from './freshness.ts'
import { fieldValue } from './response-head.ts'
import type { ResponseHead } from './response-head.ts'

/** What the head of an answer says to a shared cache. */
export interface AnswerReading {
  readonly head: ResponseHead
  readonly directives: ReadonlyMap<string, string | undefined>
  readonly freshness: Freshness
  readonly setsCookie: boolean
  readonly varies: 'no' | 'on-anything' | 'by-visitor'
  /** ETag or Last-Modified: without one a stale copy cannot be confirmed with a 304. */
  readonly hasValidator: boolean
}

/** Request headers that hardly two visitors send alike. */
const OF_A_VISITOR = new Set(['cookie', 'authorization', 'user-agent'])

export function readAnswer(head: ResponseHead): AnswerReading {
  const directives = readCacheControl(fieldValue(head, 'cache-control'))
  return {
    head,
    directives,
    freshness: freshness(head, directives),
    setsCookie: head.fields.has('set-cookie'),
    varies: variesOn(fieldValue(head, 'vary') ?? ''),
    hasValidator: head.fields.has('etag') || head.fields.has('last-modified'),
  }
}

function variesOn(vary: string): AnswerReading['varies'] {
  const names = vary.split(',').map(name => name.trim().toLowerCase())
  if (names.includes('*')) return 'on-anything'
  return names.some(name => OF_A_VISITOR.has(name)) ? 'by-visitor' : 'no'
}
