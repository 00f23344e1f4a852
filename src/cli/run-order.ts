import { resolve } from 'node:path'
import { highestRung, isClosed } from '../plan/plan.ts'
import type { Plan } from '../plan/plan.ts'
import { transportOf } from '../plan/transport.ts'
import type { Calibration, Pacing, RunFacts } from '../result/result.ts'
import { loadScenario } from '../scenario/load.ts'
import type { ScenarioOverrides } from '../scenario/overrides.ts'
import type { Checked, Problem } from '../units/problem.ts'
import { forbiddenTarget } from './allowed-target.ts'
import type { AnalysisOptions } from './analysis-flags.ts'
import type { Effects, Files, Machine } from './effects.ts'
import { repeatableFlags } from './repeatable-flags.ts'
import { reportPath } from './report-path.ts'

/** What a run needs to know, wherever it was said: on the command line or, for the demo, in the code. */
export interface RunWish {
  readonly scenarioPath: string
  readonly overrides: ScenarioOverrides
  readonly allowedHosts: readonly string[]
  readonly workers: number | undefined
  /** Absent: `spin`. */
  readonly pacing?: Pacing
  readonly out: string | undefined
  readonly html: string | undefined
  readonly analysis: AnalysisOptions
}

/** A wish that can be carried out: the scenario is sound, the target allowed, the files can be written. */
export interface RunOrder {
  readonly plan: Plan
  readonly scenario: RunFacts['scenario']
  readonly workers: number
  /** What `--workers` asked for, where that is more than there is work for. */
  readonly workersAsked?: number
  readonly pacing?: Pacing
  readonly calibration?: Calibration
  readonly out: string
  readonly html: string | undefined
  readonly analysis: AnalysisOptions
}

/** One core is left to the rest of the program, and to the machine. */
export const defaultWorkers = ({ cores }: Machine): number => Math.max(1, cores - 1)

/** A worker has at least one connection, and at least one user where connections belong to users. */
function mostWorkers(plan: Plan): number {
  const { strategy } = transportOf(plan)
  const users = strategy.kind === 'per-user' ? strategy.users : Infinity
  return Math.min(isClosed(plan) ? highestRung(plan) : plan.maxConnections, users)
}

export async function prepareRun(wish: RunWish, { files, machine }: Effects): Promise<Checked<RunOrder>> {
  const { scenarioPath, html, analysis, pacing } = wish
  if (/^(https?|unix):/i.test(scenarioPath)) return { ok: false, problems: [urlInsteadOfFile(scenarioPath)] }
  const defaultSeed = machine.randomSeed()
  const loaded = await loadScenario(scenarioPath, { defaultSeed, ...wish.overrides })
  const named = await unwritable(wish, files)
  if (!loaded.ok) return { ok: false, problems: [...named, ...loaded.problems] }
  const { plan, text, digest } = loaded.value
  const forbidden = forbiddenTarget(plan.target, wish.allowedHosts)
  const problems = forbidden === undefined ? named : [forbidden, ...named]
  if (problems.length > 0) return { ok: false, problems }
  const asked = wish.workers ?? (isClosed(plan) ? 1 : defaultWorkers(machine))
  const workers = Math.min(asked, mostWorkers(plan))
  const order: RunOrder = {
    plan,
    scenario: { file: scenarioPath, digest, text, flags: repeatableFlags(wish) },
    workers,
    ...(wish.workers !== undefined && workers < asked && { workersAsked: asked }),
    ...(pacing && { pacing }),
    out: wish.out ?? (await freeReportPath(plan.name, files, machine)),
    html,
    analysis,
  }
  return { ok: true, value: order }
}

/** Two runs may begin in the same second; neither may take the other's file. */
async function freeReportPath(name: string, files: Files, machine: Machine): Promise<string> {
  const path = reportPath(name, machine.now())
  for (let copy = 1; ; copy += 1) {
    const free = copy === 1 ? path : path.replace(/\.json$/, `-${copy}.json`)
    if (!(await files.exists(free)) && !(await files.exists(journalPath(free)))) return free
  }
}

/** Where the windows are kept while the run goes on. */
export const journalPath = (out: string): string => `${out}.journal`

/** What can be known before the run about files that are to be written after it. */
async function unwritable({ scenarioPath, out, html }: RunWish, files: Files): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  for (const [flag, path] of [
    ['--out', out],
    ['--html', html],
  ] as const) {
    if (path === undefined) continue
    if (resolve(path) === resolve(scenarioPath)) {
      problems.push(cannotWrite(flag, `${path} is the scenario itself`, 'give the report a name of its own'))
    } else if (await files.isFolder(path)) {
      problems.push(cannotWrite(flag, `${path} is a folder`, 'give the name of a file in it'))
    }
  }
  if (out !== undefined && html !== undefined && resolve(out) === resolve(html)) {
    problems.push(cannotWrite('--html', `${html} is also --out`, 'give the page a name of its own'))
  }
  return problems
}

export const cannotWrite = (flag: string, message: string, fix: string): Problem => ({
  code: 'run/cannot-write',
  message,
  fix,
  at: { file: flag },
})

const urlInsteadOfFile = (url: string): Problem => ({
  code: 'run/url-needs-search',
  message: `${url} is a URL; run takes a scenario file, which says what load to offer`,
  fix: `write one with plimsoll init --target ${url}, then plimsoll run scenario.yaml`,
  at: { file: 'plimsoll run' },
})
