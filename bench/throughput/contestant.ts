import { pinned } from '../support/cores.ts'
import { coresUsed, peakBytes, watchUsage } from '../support/process-usage.ts'
import { AUTOCANNON } from '../support/repository.ts'
import { completedRate, runPlimsoll, secondsOf } from '../support/run-plimsoll.ts'
import type { Workshop } from '../support/workshop.ts'
import { parseAb, parseAutocannon, parseH2load, parseHey, parseWrk } from './parse-output.ts'
import type { Tally } from './parse-output.ts'

export const CONNECTIONS = 32

/** What one contestant did in one round. */
export interface Performance {
  readonly requestsPerSecond: number
  /** User and system, while it was loading; its start and end are left out. */
  readonly cpuUsPerRequest: number
  /** From its start to its end. */
  readonly peakResidentBytes: number
}

export interface Round {
  readonly workshop: Workshop
  readonly url: string
  readonly core: number
  readonly seconds: number
}

export type Contestant = (round: Round) => Promise<Performance>

const LIMIT_BEYOND_MS = 20_000
/** Every contestant is at full speed by then, and still is so long before its end. */
const SETTLED_AFTER_MS = 1000
const SETTLED_BEFORE_MS = 300

/** A program that prints its own tally. */
function printing(
  command: (url: string, seconds: number) => readonly string[],
  parse: (text: string) => Tally,
) {
  return async ({ workshop, url, core, seconds }: Round): Promise<Performance> => {
    const words = command(url, seconds)
    const child = workshop.start(pinned(core, words), { limitMs: seconds * 1000 + LIMIT_BEYOND_MS })
    const startedAt = Date.now()
    const watch = watchUsage(child.pid)
    const { code, stdout, stderr } = await child.ended
    const usage = watch.stop()
    if (code !== 0) throw new Error(`${words[0]} ended with ${code ?? 'a signal'}:\n${stdout}${stderr}`)
    const { requestsPerSecond, errors } = parse(stdout)
    if (errors > 0) throw new Error(`${words[0]} met ${errors} errors:\n${stdout}`)
    const cores = coresUsed(
      usage,
      startedAt + SETTLED_AFTER_MS,
      startedAt + seconds * 1000 - SETTLED_BEFORE_MS,
    )
    return {
      requestsPerSecond,
      cpuUsPerRequest: ((cores ?? Number.NaN) / requestsPerSecond) * 1e6,
      peakResidentBytes: peakBytes(usage),
    }
  }
}

const connections = String(CONNECTIONS)

export const wrk = (program: string): Contestant =>
  printing((url, seconds) => [program, '-t', '1', '-c', connections, '-d', `${seconds}s`, url], parseWrk)

export const hey = (program: string): Contestant =>
  printing((url, seconds) => [program, '-z', `${seconds}s`, '-c', connections, url], parseHey)

/** ab keeps 32 bytes for each request that it may make. */
const MOST_PER_SECOND = 500_000

export const ab = (program: string): Contestant =>
  printing((url, seconds) => {
    const most = String(seconds * MOST_PER_SECOND)
    return [program, '-q', '-k', '-c', connections, '-t', String(seconds), '-n', most, url]
  }, parseAb)

export const h2load = (program: string, words: readonly string[]): Contestant =>
  printing((url, seconds) => [program, '-t', '1', '-D', String(seconds), ...words, url], parseH2load)

export const autocannon: Contestant = printing(
  (url, seconds) => [process.execPath, AUTOCANNON, '-c', connections, '-d', String(seconds), '-j', url],
  parseAutocannon,
)

/**
 * plimsoll, driven as fast as it goes: offered more than it can send, it sends what it can and drops the rest. Its
 * first and last second are left out: code is compiled in the one, the backlog is given up in the other.
 */
export function plimsoll(offeredPerSecond: () => number, connectionKeys: string): Contestant {
  return async ({ workshop, url, core, seconds: measured }) => {
    const seconds = measured + 2
    const offered = Math.round(offeredPerSecond())
    if (offered === 0) throw new Error('there is no rate yet to go beyond')
    const scenario = `name: as fast as it goes
target: ${url}
${connectionKeys}
stages:
  - { name: load, rate: ${offered}/s, for: ${seconds}s }
requests:
  - { name: page, get: / }
`
    const { report, windows, usage } = await runPlimsoll(workshop, { scenario, core, seconds })
    const inner = windows.slice(1, -1)
    if (secondsOf(inner) < measured / 2) throw new Error(`plimsoll ended early: ${report.run.ended.how}`)
    // What was offered beyond its speed is never sent, or waits for a connection until its deadline.
    const failed = inner.flatMap(({ series }) => series.filter(({ outcome }) => outcome.kind === 'failed'))
    if (failed.length > 0) throw new Error(`plimsoll met errors: ${JSON.stringify(failed[0]?.outcome)}`)
    const startedAt = Date.parse(report.run.startedAt)
    const cores = coresUsed(
      usage,
      startedAt + SETTLED_AFTER_MS,
      startedAt + seconds * 1000 - SETTLED_BEFORE_MS,
    )
    const requestsPerSecond = completedRate(inner)
    if (requestsPerSecond === 0) throw new Error('plimsoll completed nothing')
    return {
      requestsPerSecond,
      cpuUsPerRequest: ((cores ?? Number.NaN) / requestsPerSecond) * 1e6,
      peakResidentBytes: peakBytes(usage),
    }
  }
}
