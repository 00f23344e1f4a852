import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Report } from '../../src/report/report.ts'
import { addCounts, quantileUs } from '../../src/result/counts.ts'
import { decodeHistogram } from '../../src/result/histogram.ts'
import type { IntervalWindow, OutcomeSeries } from '../../src/result/result.ts'
import type { WorkFolder } from './plimsoll-process.ts'
import { runCli } from './run-cli.ts'

/** Stages of constant rate, each `rate` per second `forSeconds` long. */
export interface ConstantStage {
  readonly name: string
  readonly rate: number
  readonly forSeconds: number
}

/** A part of a run, by its windows. */
export interface RunPart {
  /** Answers 200 that came in this time, per second. */
  readonly goodPerSecond: number
  /** Of the requests that were due in this time and answered 200; in s. */
  readonly acceptedP99: number
  /** Of the requests that were due in this time; what is no answer counts under its own name. */
  readonly endings: Readonly<Record<string, number>>
}

/** Runs the built command by timer against this origin. */
export async function runStages(
  folder: WorkFolder,
  origin: string,
  stages: readonly ConstantStage[],
): Promise<Report> {
  const lines = stages.map(
    ({ name, rate, forSeconds }) =>
      `  - { name: ${name}, rate: ${rate}/s, for: ${forSeconds}s${name === 'warm-up' ? ', warmup: true' : ''} }`,
  )
  await folder.write(
    'overload.yaml',
    `name: overload\ntarget: ${origin}\nstages:\n${lines.join('\n')}\nrequests:\n  - { name: page, get: /, deadline: 10s }\n`,
  )
  const words = ['run', 'overload.yaml', '--low-cpu', '--workers', '1', '--quiet', '--out', 'overload.json']
  const run = await runCli([...words, '--seed', '7'], { cwd: folder.path })
  if (run.exitCode === 2) throw new Error(run.stdout + run.stderr)
  return JSON.parse(await readFile(join(folder.path, 'overload.json'), 'utf8')) as Report
}

/** The windows of a stage from so many seconds after its start on. */
export function partOf({ result }: Report, stageName: string, skipSeconds = 0): RunPart {
  const stage = result.plan.stages.findIndex(({ name }) => name === stageName)
  const windows = result.windows.filter(window => window.stage === stage)
  const start = windows[0]!.from + skipSeconds * 1e9
  const part = windows.filter(({ from }) => from >= start)
  const accepted = part.flatMap(({ series }) => series).filter(isGood)
  const times = addCounts(accepted.map(({ responseTimesUs }) => decodeHistogram(responseTimesUs)))
  return {
    goodPerSecond:
      part.reduce((sum, { flow }) => sum + flow.good, 0) / ((part.at(-1)!.to - part[0]!.from) / 1e9),
    acceptedP99: (quantileUs(times, 0.99) ?? Number.NaN) / 1e6,
    endings: endingsOf(part),
  }
}

const isGood = ({ outcome }: OutcomeSeries): boolean => outcome.kind === 'answered' && outcome.status === 200

function endingsOf(windows: readonly IntervalWindow[]): Readonly<Record<string, number>> {
  const endings: Record<string, number> = {}
  for (const { outcome, count } of windows.flatMap(({ series }) => series)) {
    const name = outcome.kind === 'answered' ? String(outcome.status) : outcome.kind
    endings[name] = (endings[name] ?? 0) + count
  }
  return endings
}
