import type { Fault } from './field.ts'

/** Characters that a request line cannot carry as they are: controls, space, everything beyond ASCII. */
const NEEDS_ENCODING = /[^\x21-\x7E]/u

/** What is wrong with an origin-form path (RFC 9112, section 3.2.1), if anything. `what` begins the message. */
export function faultInPath(path: string, what: string): Fault | undefined {
  const fault = (message: string, fix: string): Fault => ({
    code: 'scenario/path',
    message: `${what} is ${JSON.stringify(path)}; ${message}`,
    fix,
  })
  if (/^https?:\/\//i.test(path)) {
    const own = /^https?:\/\/[^/?#]*([^#]*)/i.exec(path)?.[1] ?? ''
    return fault('the origin belongs to target', `write ${encodePath(own.startsWith('/') ? own : `/${own}`)}`)
  }
  if (!path.startsWith('/')) return fault('it must start with /', `write ${encodePath(`/${path}`)}`)
  if (path.includes('#'))
    return fault('the part from # on is never sent', `write ${encodePath(path.replace(/#.*$/su, ''))}`)
  return NEEDS_ENCODING.test(path)
    ? fault('spaces, control and non-ASCII characters must be percent-encoded', `write ${encodePath(path)}`)
    : undefined
}

/** Percent-encodes as UTF-8 what must be, and leaves what is already encoded. */
function encodePath(path: string): string {
  return path.replaceAll(/[^\x21-\x7E]/gu, char =>
    encodeURIComponent(/\p{Surrogate}/u.test(char) ? '\uFFFD' : char),
  )
}
