import { linesOf } from './problem-rule.ts'
import type { Examined, ProblemRule } from './problem-rule.ts'

const FOR_FILES = 'answer files with Cache-Control: public, max-age=86400'

const noStore: ProblemRule = {
  id: 'no-store',
  find: examined =>
    examined.isFile && examined.reading.directives.has('no-store')
      ? {
          claim: 'A file that is the same for everybody may be stored by no cache.',
          evidence: linesOf(examined, 'Cache-Control'),
          next: FOR_FILES,
        }
      : undefined,
}

const isPrivate: ProblemRule = {
  id: 'private',
  find: examined =>
    examined.isFile && examined.reading.directives.has('private')
      ? {
          claim: 'A file that is the same for everybody may be stored by browsers only.',
          evidence: linesOf(examined, 'Cache-Control'),
          next: FOR_FILES,
        }
      : undefined,
}

const setCookie: ProblemRule = {
  id: 'set-cookie',
  find: examined =>
    examined.isMeant && examined.reading.setsCookie
      ? {
          claim:
            'An answer that could be kept sets a cookie, so Varnish, nginx and most CDNs do not keep it.',
          evidence: cookieNames(examined),
          next: 'set the cookie only where it is needed, such as at the login; or strip it in the cache',
        }
      : undefined,
}

/** A cookie may be a secret: its name is evidence enough. */
function cookieNames({ reading }: Examined): string {
  const lines = reading.head.fields.get('set-cookie') ?? []
  return `Set-Cookie: ${lines.map(line => `${line.split('=')[0] ?? ''}=…`).join(', ')}`
}

const varyStar: ProblemRule = {
  id: 'vary-star',
  find: examined =>
    examined.isMeant && examined.reading.varies === 'on-anything'
      ? {
          claim: 'The copy of an answer with Vary: * answers no other request.',
          evidence: linesOf(examined, 'Vary'),
          next: 'name the request headers that change the answer, such as Vary: Accept-Encoding',
        }
      : undefined,
}

const varyVisitor: ProblemRule = {
  id: 'vary-visitor',
  find: examined =>
    examined.isMeant && examined.reading.varies === 'by-visitor'
      ? {
          claim: 'Each visitor gets a copy of his own, which hardly another one is answered with.',
          evidence: linesOf(examined, 'Vary'),
          next: 'leave Cookie, Authorization and User-Agent out of Vary where the answer does not depend on them',
        }
      : undefined,
}

/** What keeps an answer out of a cache, or a copy from being used. */
export const storageRules: readonly ProblemRule[] = [noStore, isPrivate, setCookie, varyStar, varyVisitor]
