import { deltaSeconds } from './cache-control.ts'
import { readHttpDate } from './http-date.ts'
import type { ResponseHead } from './response-head.ts'

/** What an answer says about how long it may be used. */
export interface Freshness {
  /** In s; null where it does not say. An estimate from Last-Modified (RFC 9111 §4.2.2) differs from cache to cache and is refused. */
  readonly lifetime: number | null
  readonly from: 's-maxage' | 'max-age' | 'Expires' | null
  /** What it says is no number: caches take it as stale (§4.2.1). */
  readonly invalid: boolean
}

/** Freshness lifetime for a shared cache: s-maxage before max-age before Expires − Date (RFC 9111 §4.2.1). */
export function freshness(
  head: ResponseHead,
  directives: ReadonlyMap<string, string | undefined>,
): Freshness {
  for (const from of ['s-maxage', 'max-age'] as const) {
    if (!directives.has(from)) continue
    const seconds = deltaSeconds(directives.get(from))
    return { lifetime: Number.isNaN(seconds) ? 0 : seconds, from, invalid: Number.isNaN(seconds) }
  }
  return byExpires(head)
}

function byExpires({ fields }: ResponseHead): Freshness {
  const expires = fields.get('expires')?.[0]
  if (expires === undefined) return { lifetime: null, from: null, invalid: false }
  const until = readHttpDate(expires)
  // What is no date has expired (§5.3); `0` is the usual way to say so.
  if (until === undefined) return { lifetime: 0, from: 'Expires', invalid: false }
  const date = readHttpDate(fields.get('date')?.[0] ?? '')
  // Without a Date the time of receipt would count, which the report does not hold.
  if (date === undefined) return { lifetime: null, from: 'Expires', invalid: false }
  return { lifetime: Math.max(0, until - date), from: 'Expires', invalid: false }
}
