/** What a load generator says of its own run. */
export interface Tally {
  readonly requestsPerSecond: number
  /** Requests that failed or were answered with another status than 2xx and 3xx. */
  readonly errors: number
}

const numberIn = (text: string, pattern: RegExp): number | undefined => {
  const found = pattern.exec(text)?.[1]
  return found === undefined ? undefined : Number(found)
}

const tally = (program: string, requestsPerSecond: number | undefined, errors: number): Tally => {
  if (requestsPerSecond === undefined || !(requestsPerSecond > 0)) {
    throw new Error(`${program} printed no rate of requests`)
  }
  return { requestsPerSecond, errors }
}

const sumOf = (matches: Iterable<RegExpMatchArray>): number =>
  [...matches].reduce((sum, [, count]) => sum + Number(count), 0)

/** wrk 4: `Requests/sec:`, and lines on socket errors and statuses only where there were any. */
export function parseWrk(text: string): Tally {
  const sockets = /Socket errors: (.*)/.exec(text)?.[1] ?? ''
  const statuses = numberIn(text, /Non-2xx or 3xx responses: (\d+)/) ?? 0
  return tally(
    'wrk',
    numberIn(text, /^Requests\/sec:\s+([\d.]+)/m),
    sumOf(sockets.matchAll(/(\d+)/g)) + statuses,
  )
}

/** hey: `Requests/sec:`, a list of statuses and, where there were any, a list of errors. */
export function parseHey(text: string): Tally {
  const [, errors = ''] = text.split('Error distribution:')
  const [, statuses = ''] = text.split('Status code distribution:')
  const bad = sumOf(statuses.matchAll(/^\s*\[[145]\d\d\]\s+(\d+) responses/gm))
  return tally(
    'hey',
    numberIn(text, /Requests\/sec:\s+([\d.]+)/),
    bad + sumOf(errors.matchAll(/^\s*\[(\d+)\]/gm)),
  )
}

/** ApacheBench: one request may be among the failed ones and among those of another status. */
export function parseAb(text: string): Tally {
  const failed = numberIn(text, /^Failed requests:\s+(\d+)/m) ?? 0
  const statuses = numberIn(text, /^Non-2xx responses:\s+(\d+)/m) ?? 0
  return tally('ab', numberIn(text, /^Requests per second:\s+([\d.]+)/m), Math.max(failed, statuses))
}

/** h2load: `finished in 4.00s, 12345.60 req/s, …`; its `failed` has errors, timeouts and bad statuses in it. */
export function parseH2load(text: string): Tally {
  const failed = numberIn(text, /^requests: .*?(\d+) failed/m) ?? 0
  return tally('h2load', numberIn(text, /^finished in [^,]+, ([\d.]+) req\/s/m), failed)
}

interface AutocannonResult {
  readonly requests: { readonly p50: number }
  readonly errors: number
  readonly non2xx: number
}

/** autocannon's JSON. Its median second is taken: the first ones are slow until the code is compiled. */
export function parseAutocannon(text: string): Tally {
  const { requests, errors, non2xx } = JSON.parse(text) as AutocannonResult
  return tally('autocannon', requests.p50, errors + non2xx)
}
