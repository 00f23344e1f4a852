import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Arrivals } from '../../src/plan/plan.ts'
import type { StageFigures } from '../../src/analysis/findings.ts'
import type { Report } from '../../src/report/report.ts'
import { addCounts, meanUs } from '../../src/result/counts.ts'
import { decodeHistogram } from '../../src/result/histogram.ts'
import type { IntervalWindow } from '../../src/result/result.ts'
import { waitForCalm } from './calm.ts'
import { LOAD_CORE, PLIMSOLL, runNode } from './child-process.ts'
import type { RunNote } from './row.ts'
import { serveLab } from './serve-lab.ts'
import type { LabWish } from './serve-lab.ts'

/** Offered before the stretch that counts: the program's own first second is slow. */
export const WARM_UP_SECONDS = 2

export interface Trial {
  readonly lab: LabWish
  readonly arrivals: Arrivals
  /** Of the stretch that counts; the warm-up has the same rate unless it says otherwise. */
  readonly rate: number
  readonly seconds: number
  readonly warmUpRate?: number
  /** Of the arrivals. */
  readonly seed: number
  /** Lateness in response times does not matter: the trial reads counts and rates. */
  readonly readsRates?: boolean
  /** Done beside the run; it is told where the server is. */
  readonly meanwhile?: (url: string) => Promise<void>
  /** The command gives way to whatever else wants its core. */
  readonly isMeek?: boolean
  /** A module that the command loads ahead of its own code, and what it reads from the environment. */
  readonly preload?: { readonly module: string; readonly env: Readonly<Record<string, string>> }
}

export interface Measured {
  readonly report: Report
  readonly stage: StageFigures
  /** The windows of that stage, in order. */
  readonly windows: readonly IntervalWindow[]
  readonly meanLatenessMs: number
  readonly exitCode: number | null
  readonly note: RunNote
}

const ATTEMPTS = 3

/**
 * Carries out a trial as a user would, by the command, and reads its report. A run that the tool itself does not stand by
 * (the generator was the limit, or its lateness shows in the response times) is repeated, three times at most.
 */
export async function measure(trial: Trial): Promise<Measured> {
  for (let attempt = 1; ; attempt += 1) {
    await waitForCalm()
    const measured = await measureOnce(trial, attempt)
    if (measured.note.standing === 'trusted' || attempt === ATTEMPTS) return measured
  }
}

export async function measureOnce(trial: Trial, attempt = 1): Promise<Measured> {
  const lab = await serveLab(trial.lab)
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-accuracy-'))
  try {
    const [scenario, out] = [join(folder, 'scenario.yaml'), join(folder, 'report.json')]
    await writeFile(scenario, scenarioOf(trial, lab.url))
    const { preload, isMeek = false } = trial
    const words = ['run', scenario, '--out', out, '--seed', String(trial.seed), '--workers', '1', '--quiet']
    const ahead = preload === undefined ? [] : ['--import', preload.module]
    const env = preload?.env ?? {}
    const child = runNode(LOAD_CORE, [...ahead, PLIMSOLL, ...words], { env, isMeek })
    const [exitCode] = await Promise.all([child.ended, trial.meanwhile?.(lab.url)])
    const text = await readFile(out, 'utf8').catch(() => undefined)
    if (text === undefined) throw new Error(`no report; plimsoll said:\n${child.stdout()}${child.stderr()}`)
    return read(trial, JSON.parse(text) as Report, { exitCode, attempt })
  } finally {
    await lab.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** YAML reads JSON. */
function scenarioOf({ arrivals, rate, seconds, warmUpRate = rate }: Trial, target: string): string {
  return JSON.stringify({
    target,
    arrivals,
    deadline: '60s',
    stages: [
      { name: 'warm-up', rate: `${warmUpRate}/s`, for: `${WARM_UP_SECONDS}s`, warmup: true },
      { name: 'hold', rate: `${rate}/s`, for: `${seconds}s` },
    ],
  })
}

function read(
  { readsRates = false }: Trial,
  report: Report,
  { exitCode, attempt }: { readonly exitCode: number | null; readonly attempt: number },
): Measured {
  const stage = report.stages.find(({ warmup }) => !warmup)
  if (stage === undefined) throw new Error(`nothing was measured: ${report.because}`)
  const windows = report.result.windows.filter(window => window.stage === 1)
  const lateness = addCounts(windows.map(({ generator }) => decodeHistogram(generator.latenessUs)))
  return {
    report,
    stage,
    windows,
    meanLatenessMs: (meanUs(lateness) ?? 0) / 1e3,
    exitCode,
    note: {
      latenessP99Us: report.generator.latenessUs.p99 ?? 0,
      standing: !report.trust.ok
        ? 'not trusted'
        : stage.latencyResolved || readsRates
          ? 'trusted'
          : 'blurred',
      attempt,
      requests: stage.offered,
    },
  }
}
