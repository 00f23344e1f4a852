import type { Tree } from './tree.ts'

/** Is the word a URL, not the path of a file? */
export const isUrl = (word: string): boolean => /^(?:https?|unix):/i.test(word)

/**
 * The scenario that a bare URL stands for, as if somebody had written it: the capacity of one GET of that path is
 * searched for. Its problems stand at the URL.
 */
export function urlScenario(url: string): Tree {
  const { origin, name, path } = splitUrl(url)
  const at = { file: url }
  const text = (value: string): Tree => ({ kind: 'scalar', at, value, source: value })
  const mapping = (parts: Readonly<Record<string, Tree>>): Tree => ({
    kind: 'mapping',
    at,
    entries: new Map(Object.entries(parts).map(([key, value]) => [key, { keyAt: at, value }])),
  })
  return mapping({
    name: text(name),
    target: text(origin),
    search: mapping({}),
    requests: { kind: 'list', at, items: [mapping({ get: text(path) })] },
  })
}

/** A URL as the command line takes it, e.g. `http://127.0.0.1:8080/shop?q=1` or `unix:/run/app.sock:/shop`. */
export interface UrlParts {
  readonly origin: string
  /** Fit to name a scenario. */
  readonly name: string
  /** With the query; what follows `#` too, so that it is refused where paths are. */
  readonly path: string
}

const LONGEST_NAME = 100

export function splitUrl(url: string): UrlParts {
  const pattern = /^unix:/i.test(url)
    ? /^(unix:(?:[^:]*\/)?([^:]*)):?(.*)$/is
    : /^(https?:\/*(?:[^/?#]*@)?([^/?#]*))(.*)$/is
  const [, origin = url, host = '', rest = ''] = pattern.exec(url) ?? []
  const name = /^[\w.:[\]-]+$/.test(host) ? host.slice(0, LONGEST_NAME) : 'target'
  return { origin, name, path: rest.startsWith('/') ? rest : `/${rest}` }
}
