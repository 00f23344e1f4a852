/**
 * The directives of Cache-Control by name in lower case, each with its argument as it came but without quotes, or with undefined
 * where it has none. Of several of one name the first counts (RFC 9111 §4.2.1 allows that, and no cache takes a later one
 * that is longer); text that is no directive is passed over (§5.2.3).
 */
export function readCacheControl(value: string | undefined): ReadonlyMap<string, string | undefined> {
  const directives = new Map<string, string | undefined>()
  const directive = /([!#$%&'*+\-.^_`|~\w]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,;"]*)))?[^,]*,?/g
  for (const [, name = '', quoted, token] of (value ?? '').matchAll(directive)) {
    const key = name.toLowerCase()
    if (!directives.has(key)) directives.set(key, quoted ?? token)
  }
  return directives
}

/** The largest that caches count up to (RFC 9111 §1.2.2): more means as much. */
const MOST_SECONDS = 2 ** 31

/** A number of seconds; NaN where it is none, which makes an answer stale (RFC 9111 §4.2.1). */
export const deltaSeconds = (argument: string | undefined): number =>
  argument !== undefined && /^\d+$/.test(argument) ? Math.min(Number(argument), MOST_SECONDS) : NaN
