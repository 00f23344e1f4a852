import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LabAccount } from '../../src/lab/tally.ts'
import type { Report } from '../../src/report/report.ts'
import { makeFolder, startLabProcess } from '../support/plimsoll-process.ts'
import type { WorkFolder } from '../support/plimsoll-process.ts'
import { runCli } from '../support/run-cli.ts'

/** The tool as a user runs it, over loopback, against servers whose answer is known by construction. */
let folder: WorkFolder
beforeAll(async () => {
  folder = await makeFolder()
})
afterAll(() => folder.remove())

interface Measured {
  readonly report: Report
  /** The longest that the server stood still in the last of those runs, ms. */
  readonly serverStallMs: number
  /** What the server counted, by status, over all runs against it. */
  readonly counted: Readonly<Record<string, number>>
  /** The same by the reports of those runs. */
  readonly reported: Readonly<Record<string, number>>
}

/**
 * One run; a machine that is busy with something else makes the generator late, the report then says that it cannot
 * be believed, and the run is repeated: three times at most. A number that claims to be right must be.
 */
async function measure(lab: readonly string[], stages: string, seed: number, more = ''): Promise<Measured> {
  const counted: Record<string, number> = {}
  const reported: Record<string, number> = {}
  for (let tried = 1; ; tried += 1) {
    const { url, stop } = await startLabProcess([...lab, '--seed', String(seed)], folder.path)
    await folder.write('scenario.yaml', `target: ${url}\n${more}stages:\n${stages}`)
    await runCli(['run', 'scenario.yaml', '--out', 'report.json', '--seed', String(seed), '--quiet'], {
      cwd: folder.path,
    })
    const counts = (await (await fetch(`${url}/.lab/counts`)).json()) as LabAccount
    await stop()
    const report = JSON.parse(await readFile(join(folder.path, 'report.json'), 'utf8')) as Report
    add(counted, counts.byStatus)
    for (const { statuses } of report.stages) add(reported, statuses)
    const decides = report.trust.ok && report.capacity.limitedBy !== 'generator' && counts.longestStallMs < 50
    if (decides || tried === 3) return { report, counted, reported, serverStallMs: counts.longestStallMs }
  }
}

function add(sum: Record<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [status, count] of Object.entries(counts)) sum[status] = (sum[status] ?? 0) + count
}

/** From half the capacity to 1.6 times as much: what lies below tells nothing of it. */
const rampThrough = (capacity: number): string => {
  const [from, to] = [capacity / 2, capacity * 1.6].map(rate => `${Math.round(rate)}/s`)
  return `
  - { name: warm-up, rate: ${from}, for: 2s, warmup: true }
  - { name: ramp, from: ${from}, to: ${to}, for: 16s }
`
}

/**
 * Exponential service at µ = 800/s, 100 places: S = 800·(1 − p_empty) → 800, and everything beyond is lost, so knee
 * and sustained 502 onset are both 800/s (the loss reaches 1 % at 800.2/s).
 *
 * Sixteen seconds are enough: chance enters by the number of requests near the knee. At 55/s², 2330 of them come
 * within 10 % of 800/s; the standard deviation of their number is 1/√2330 = 2.1 %, and the plateau after them makes the
 * knee's less: of a hundred such ramps in virtual time (simulateResult), 95 % of the knees are within 3.1 % and of the
 * onsets within 3.5 %.
 */
describe('MM1K: knee and 502 onset at 800/s', () => {
  const CAPACITY = 800
  const runs: Measured[] = []
  beforeAll(async () => {
    const lab = ['MM1K', '--set', `rate=${CAPACITY}`]
    for (const seed of [11, 12, 13]) runs.push(await measure(lab, rampThrough(CAPACITY), seed))
  }, 600_000)

  test('the runs may be believed', () => {
    expect(runs.map(({ report }) => report.trust.reasons)).toEqual([[], [], []])
  })

  test('the knee is within 6 % of the truth for every seed', () => {
    for (const { report } of runs) {
      expect(report.capacity.knee.bound).toBe('measured')
      expect(Math.abs((report.capacity.knee.rps ?? 0) / CAPACITY - 1)).toBeLessThan(0.06)
    }
  })

  test('the 502 onset is within 6 % of the truth for every seed, and first seen later: the queue fills first', () => {
    for (const { report } of runs) {
      const onset = report.onset['502']
      expect(onset?.loadRelated).toBe(true)
      expect(Math.abs((onset?.rps ?? 0) / CAPACITY - 1)).toBeLessThan(0.06)
      expect(onset?.firstSeenRps).toBeGreaterThan(CAPACITY)
    }
  })

  test('most intervals cover the truth', () => {
    const covers = ({ low, high }: { low: number | null; high: number | null }): boolean =>
      low !== null && high !== null && low <= CAPACITY && CAPACITY <= high
    expect(runs.filter(({ report }) => covers(report.capacity.knee)).length).toBeGreaterThanOrEqual(2)
    expect(runs.filter(({ report }) => covers(report.onset['502']!)).length).toBeGreaterThanOrEqual(2)
  })

  test('overload is named, and what the server counted is what the reports say', () => {
    for (const { report, counted, reported } of runs) {
      expect(report.causes[0]?.cause).toBe('overload')
      expect(reported).toEqual(counted)
    }
  })
})

/**
 * One server, 2 ms each, an endless queue: it slows down beyond 500/s and never answers anything but 200. Service takes
 * no chance: in virtual time a hundred such ramps are all within 0.8 %.
 */
test('D1: a knee at 500/s and no onset of any status', async () => {
  const { report, counted, reported } = await measure(['D1'], rampThrough(500), 21, 'deadline: 60s\n')
  expect(report.trust.reasons).toEqual([])
  expect(report.onset).toEqual({ '502': null, '503': null, '504': null, any: null })
  expect(Math.abs((report.capacity.knee.rps ?? 0) / 500 - 1)).toBeLessThan(0.06)
  expect(reported).toEqual(counted)
}, 400_000)

/**
 * A freeze of P = 1 s in T = 30 s of even arrivals, else no service time: P/T of the requests wait, uniformly on
 * (0, P]. The share that waits longer than w is (P − w)/T, so q_p = P − (1 − p)·T: p99 = 1 − 0.01·30 = 0.700 s,
 * p99.9 = 0.970 s. A tool that lets a slow answer delay the next request would see one slow answer in 7500.
 *
 * 15 ms are for starts that lie 4 ms apart and for 250 answers that leave one after the other. Where server or generator
 * stood still at the end of the freeze, by what they say themselves, all of them came so much later.
 */
test('PAUSE: p99 is 700 ms and p99.9 is 970 ms, the closed form', async () => {
  const { report, counted, reported, serverStallMs } = await measure(
    ['PAUSE', '--set', 'from=15s'],
    '  - { name: steady, rate: 250/s, for: 30s }\n',
    31,
    'arrivals: even\n',
  )
  const times = report.stages[0]!.responseTimeMs
  const stalledMs =
    serverStallMs + report.windows.reduce((most, window) => Math.max(most, window.generatorStallMs), 0)
  expect(report.trust.reasons).toEqual([])
  expect(report.stages[0]!.offered).toBe(7500)
  expect(Math.abs((times.p99 ?? 0) - 700)).toBeLessThan(15 + stalledMs)
  expect(Math.abs((times.p999 ?? 0) - 970)).toBeLessThan(15 + stalledMs)
  expect(Math.abs((times.max ?? 0) - 1000)).toBeLessThan(20 + stalledMs)
  expect(report.onset.any).toBeNull()
  expect(counted).toEqual(reported)
}, 400_000)
