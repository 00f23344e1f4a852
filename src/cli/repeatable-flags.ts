import type { RunWish } from './run-order.ts'

/**
 * The flags that change what a scenario does, as words, so that a report can say how to run the same again. Where the
 * report goes, how it is judged and how many workers make the load is not among them.
 */
export function repeatableFlags({ overrides, allowedHosts, pacing }: RunWish): readonly string[] {
  const { target, seed, http, tls = {}, search = {}, promises = [], set = [] } = overrides
  const flag = (name: string, value: string | number | undefined): readonly string[] =>
    value === undefined ? [] : [`--${name}`, String(value)]
  return [
    ...flag('target', target),
    ...set.flatMap(setting => flag('set', setting)),
    ...allowedHosts.flatMap(host => flag('allow-host', host)),
    ...flag('seed', seed),
    ...flag('http', http),
    ...[...Object.entries(tls), ...Object.entries(search)].flatMap(([name, value]) =>
      value === true ? [`--${name}`] : listOf(name, value),
    ),
    ...promises.flatMap(promise => flag('promise', promise)),
    ...(pacing === 'timer' ? ['--low-cpu'] : []),
  ]
}

const listOf = (name: string, value: string | readonly string[]): readonly string[] =>
  (typeof value === 'string' ? [value] : value).flatMap(one => [`--${name}`, one])
