import { readMapping, readText, expectMapping } from './field.ts'
import type { Fault, Field, Report } from './field.ts'

export type Headers = readonly (readonly [name: string, value: string])[]

/** RFC 9110, section 5.6.2. */
export const TOKEN: RegExp = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** The engine frames messages and keeps connections itself; a second opinion would break both. */
const ENGINE_OWNED = ['connection', 'content-length', 'transfer-encoding', 'upgrade']

/** `headers: { accept: text/html }`, in the order written. What is wrong is left out and reported. */
export function readHeaders(field: Field, report: Report): Headers {
  const mapping = expectMapping(field, report)
  if (mapping === undefined) return []
  const headers: (readonly [string, string])[] = []
  for (const { key: name, path, tree } of readMapping(field, [...mapping.entries.keys()], report)?.values() ??
    []) {
    const fault = faultInName(name, headers)
    if (fault !== undefined) {
      report(fault, mapping.entries.get(name)!.keyAt)
      continue
    }
    const value = readText({ key: name, path, tree }, report)
    if (value === undefined) continue
    if (/^[\t\x20-\x7E]*$/.test(value)) headers.push([name, value.trim()])
    else
      report(
        {
          code: 'scenario/header-value',
          message: `${path} is ${JSON.stringify(value)}; a header value is one line of printable ASCII`,
          fix: 'remove line breaks and control characters, and percent-encode other letters',
        },
        tree.at,
      )
  }
  return headers
}

function faultInName(name: string, before: Headers): Fault | undefined {
  if (!TOKEN.test(name))
    return {
      code: 'scenario/header-name',
      message: `${JSON.stringify(name)} is no header name`,
      fix: 'write letters, digits and dashes, e.g. accept-language',
    }
  if (ENGINE_OWNED.includes(name.toLowerCase()))
    return {
      code: 'scenario/header-owned',
      message: `the header ${name} is set by the load generator itself`,
      fix: `remove ${name}`,
    }
  return hasHeader(before, name)
    ? {
        code: 'scenario/duplicate-header',
        message: `the header ${name} stands twice; upper and lower case are the same header`,
        fix: 'keep one of the two, with the values separated by a comma',
      }
    : undefined
}

export const hasHeader = (headers: Headers, name: string): boolean =>
  headers.some(([other]) => other.toLowerCase() === name.toLowerCase())

/** `defaults`, except where `own` says otherwise, then `own`. */
export function mergeHeaders(defaults: Headers, own: Headers): Headers {
  return [...defaults.filter(([name]) => !hasHeader(own, name)), ...own]
}
