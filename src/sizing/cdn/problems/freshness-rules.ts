import { formatDuration } from '../../../units/format.ts'
import { wantedLife } from './lifetime-wanted.ts'
import { linesOf } from './problem-rule.ts'
import type { Examined, ProblemRule } from './problem-rule.ts'

function whatToSend({ isFile }: Examined): string {
  const { life } = wantedLife(isFile)
  return isFile
    ? `answer files with Cache-Control: public, max-age=${life}`
    : `where the answer is the same for everybody: Cache-Control: public, s-maxage=${life}`
}

const isLeftToOrigin = ({ reading: { directives, freshness } }: Examined): boolean =>
  directives.has('no-cache') || (freshness.lifetime === 0 && !freshness.invalid)

const noFreshness: ProblemRule = {
  id: 'no-freshness',
  find: examined =>
    examined.isStorable && !isLeftToOrigin(examined) && examined.reading.freshness.lifetime === null
      ? {
          claim:
            'The answer does not say how long it may be used; each cache guesses for itself, or does not keep it.',
          evidence:
            examined.reading.freshness.from === null
              ? 'neither s-maxage nor max-age nor Expires'
              : `${linesOf(examined, 'Expires')} and no Date`,
          next: whatToSend(examined),
        }
      : undefined,
}

const invalidFreshness: ProblemRule = {
  id: 'invalid-freshness',
  find: examined =>
    examined.isStorable && examined.reading.freshness.invalid
      ? {
          claim: 'The lifetime is no whole number of seconds, so caches take the answer as stale at once.',
          evidence: linesOf(examined, 'Cache-Control'),
          next: whatToSend(examined),
        }
      : undefined,
}

const alwaysRevalidated: ProblemRule = {
  id: 'always-revalidated',
  find: examined =>
    examined.isStorable && isLeftToOrigin(examined)
      ? {
          claim:
            'Every single request is revalidated at the origin, which a 304 makes smaller and not rarer.',
          evidence: linesOf(examined, 'Cache-Control') || linesOf(examined, 'Expires'),
          next: whatToSend(examined),
        }
      : undefined,
}

const shortFreshness: ProblemRule = {
  id: 'short-freshness',
  find: examined => {
    const { lifetime, from } = examined.reading.freshness
    // s-maxage is there for shared caches alone: somebody chose it.
    if (!examined.isStorable || lifetime === null || from === null || from === 's-maxage') return undefined
    const { life, short } = wantedLife(examined.isFile)
    if (isLeftToOrigin(examined) || lifetime === 0 || lifetime >= short) return undefined
    return {
      claim: `The shared cache may use the answer for ${formatDuration(lifetime * 1e9)} only, as long as a browser.`,
      evidence: `${linesOf(examined, from === 'Expires' ? 'Expires' : 'Cache-Control')}, no s-maxage`,
      next: `add s-maxage=${life}, and purge the cache when the content changes`,
    }
  },
}

const noValidator: ProblemRule = {
  id: 'no-validator',
  find: examined =>
    examined.isStorable && examined.reading.freshness.lifetime !== null && !examined.reading.hasValidator
      ? {
          claim: 'A copy that has expired cannot be confirmed with a 304: the whole answer is sent again.',
          evidence: 'neither ETag nor Last-Modified',
          next: 'send an ETag or a Last-Modified, and answer If-None-Match or If-Modified-Since with 304',
        }
      : undefined,
}

/** What makes a cache ask the origin more often, or for more, than it needs to. */
export const freshnessRules: readonly ProblemRule[] = [
  noFreshness,
  invalidFreshness,
  alwaysRevalidated,
  shortFreshness,
  noValidator,
]
