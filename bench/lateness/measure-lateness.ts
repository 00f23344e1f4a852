import { quantileUs } from '../../src/result/counts.ts'
import { quantileOfErrors, runPaired } from '../support/paired-truth.ts'
import { coresUsed } from '../support/process-usage.ts'
import { latenessOf } from '../support/run-plimsoll.ts'
import { serviceRateFor, startVirtualTimeServer } from '../support/virtual-time-server.ts'
import type { MedianAndP99 } from '../support/virtual-time-server.ts'
import type { Cores } from '../support/cores.ts'
import type { Workshop } from '../support/workshop.ts'

/** First so many requests per second, which the server answers at once, until all code is compiled … */
const COMPILE_SECONDS = 4
const COMPILE_RATE = 5000
/** … then the rate itself, until the server's queue is what it will be. */
const SETTLE_SECONDS = 2
/** The server's free time begins with the preflight, a little before the load does. */
const FREE_SECONDS = COMPILE_SECONDS + 0.5

export interface LatenessWish {
  readonly cores: Cores
  readonly ratePerSecond: number
  readonly seconds: number
  readonly flags: readonly string[]
}

/** Median, p99 and largest, in µs. */
export interface Spread {
  readonly median: number
  readonly p99: number
  readonly max: number
}

export interface Lateness {
  readonly requests: number
  /** Actual minus intended send. */
  readonly lateness: Spread
  /** Measured response time minus the truth of the same answer, without its sign. */
  readonly error: Spread
  /** Answers that could be paired with their truth. */
  readonly paired: number
  readonly cpuCores: number
  /** Median and p99 of all response times, as reported and as they were: of the same answers. */
  readonly reportedUs: MedianAndP99
  readonly trueUs: MedianAndP99
  /** The server's own lateness, which the error has in it. */
  readonly serverLagUs: MedianAndP99
}

/** One run of the command on one core against a server on the other. */
export async function measureLateness(workshop: Workshop, wish: LatenessWish): Promise<Lateness> {
  const { cores, ratePerSecond: rate, seconds, flags } = wish
  const compileRate = Math.max(rate, COMPILE_RATE)
  const server = await startVirtualTimeServer(workshop, {
    core: cores.server,
    serviceRate: serviceRateFor(rate),
    freeSeconds: FREE_SECONDS,
  })
  const scenario = `name: lateness
target: ${server.url}
stages:
  - { name: compile, rate: ${compileRate}/s, for: ${COMPILE_SECONDS}s, warmup: true }
  - { name: settle, rate: ${rate}/s, for: ${SETTLE_SECONDS}s, warmup: true }
  - { name: hold, rate: ${rate}/s, for: ${seconds}s }
requests:
  - { name: page, get: / }
`
  const fromSeconds = COMPILE_SECONDS + SETTLE_SECONDS
  const { report, windows, usage, errors } = await runPaired(workshop, {
    scenario,
    core: cores.generator,
    seconds: fromSeconds + seconds,
    flags,
    fromSeconds,
    mostAnswers: Math.ceil(1.1 * (compileRate * COMPILE_SECONDS + rate * (SETTLE_SECONDS + seconds)) + 1000),
  })
  const truth = await server.truth()
  await server.end()
  const held = windows.filter(({ stage }) => stage === 2)
  const lateness = latenessOf(held)
  const startedAt = Date.parse(report.run.startedAt) + fromSeconds * 1000
  const stage = report.stages[2]
  return {
    requests: held.reduce((sum, { offered }) => sum + offered, 0),
    lateness: {
      median: quantileUs(lateness, 0.5) ?? Number.NaN,
      p99: quantileUs(lateness, 0.99) ?? Number.NaN,
      max: quantileUs(lateness, 1) ?? Number.NaN,
    },
    error: {
      median: quantileOfErrors(errors.responseUs, 0.5),
      p99: quantileOfErrors(errors.responseUs, 0.99),
      max: quantileOfErrors(errors.responseUs, 1),
    },
    paired: errors.responseUs.length,
    cpuCores: coresUsed(usage, startedAt, startedAt + seconds * 1000) ?? Number.NaN,
    reportedUs: [
      (stage?.responseTimeMs.p50 ?? Number.NaN) * 1e3,
      (stage?.responseTimeMs.p99 ?? Number.NaN) * 1e3,
    ],
    trueUs: [quantileOfErrors(errors.trueUs, 0.5), quantileOfErrors(errors.trueUs, 0.99)],
    serverLagUs: truth.lagsUs,
  }
}
