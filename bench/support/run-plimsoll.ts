import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Report } from '../../src/report/report.ts'
import { addCounts } from '../../src/result/counts.ts'
import type { Counts } from '../../src/result/counts.ts'
import { decodeHistogram } from '../../src/result/histogram.ts'
import type { IntervalWindow } from '../../src/result/result.ts'
import { pinned } from './cores.ts'
import { watchUsage } from './process-usage.ts'
import type { UsageSample } from './process-usage.ts'
import { PLIMSOLL } from './repository.ts'
import type { Workshop } from './workshop.ts'

/** Passed, inconclusive, failed: in each case the run was carried out and its report says what happened. */
const CARRIED_OUT = new Set([0, 3, 99])

const START_AND_CONCLUDE_MS = 60_000

export interface PlimsollRun {
  readonly report: Report
  readonly windows: readonly IntervalWindow[]
  readonly usage: readonly UsageSample[]
}

export interface PlimsollWish {
  readonly scenario: string
  /** The whole process is kept on it; absent: it may use all. */
  readonly core?: number
  /** Absent: 1. */
  readonly workers?: number
  /** How long its stages take together. */
  readonly seconds: number
  readonly flags?: readonly string[]
  /** How often CPU and memory are looked at; absent: every tenth of a second. */
  readonly lookEveryMs?: number
  /** A module that the command loads ahead of its own code, and what it reads from the environment. */
  readonly preload?: { readonly module: string; readonly env: Readonly<Record<string, string>> }
}

/** The real command as a child process. */
export async function runPlimsoll(
  workshop: Workshop,
  { scenario, core, workers = 1, seconds, flags = [], lookEveryMs, preload }: PlimsollWish,
): Promise<PlimsollRun> {
  const [file, out] = [join(workshop.folder, 'scenario.yaml'), join(workshop.folder, 'report.json')]
  writeFileSync(file, scenario)
  const words = ['run', file, '--workers', String(workers), '--seed', '1', '--quiet', '--out', out, ...flags]
  const ahead = preload === undefined ? [] : ['--import', preload.module]
  const command = [process.execPath, ...ahead, PLIMSOLL, ...words]
  const child = workshop.start(core === undefined ? command : pinned(core, command), {
    env: preload?.env ?? {},
    limitMs: seconds * 1000 + START_AND_CONCLUDE_MS,
  })
  const watch = watchUsage(child.pid, lookEveryMs)
  const { code, stdout, stderr } = await child.ended
  const usage = watch.stop()
  if (code === null || !CARRIED_OUT.has(code)) {
    throw new Error(`plimsoll ended with ${code ?? 'a signal'}:\n${stdout}${stderr}`)
  }
  const report = JSON.parse(readFileSync(out, 'utf8')) as Report
  return { report, windows: report.result.windows, usage }
}

/** How long after their intended start requests were sent, over all these windows. */
export const latenessOf = (windows: readonly IntervalWindow[]): Counts =>
  addCounts(windows.map(({ generator }) => decodeHistogram(generator.latenessUs)))

const NS_PER_SECOND = 1e9

export const secondsOf = (windows: readonly IntervalWindow[]): number =>
  windows.reduce((sum, { from, to }) => sum + (to - from), 0) / NS_PER_SECOND

/** Complete answers per second of the clock. */
export const completedRate = (windows: readonly IntervalWindow[]): number =>
  windows.reduce((sum, { flow }) => sum + flow.answered, 0) / secondsOf(windows)
