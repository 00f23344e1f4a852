import { resolve } from 'node:path'
import { highestRung, isClosed } from '../plan/plan.ts'
import type { Plan } from '../plan/plan.ts'
import { transportOf } from '../plan/transport.ts'
import type { Calibration, Pacing, Result, RunFacts } from '../result/result.ts'
import { loadScenario, loadUrl } from '../scenario/load.ts'
import type { ScenarioOverrides } from '../scenario/overrides.ts'
import { isUrl } from '../scenario/url-scenario.ts'
import type { Checked, Problem } from '../units/problem.ts'
import { forbiddenTarget } from './allowed-target.ts'
import type { AnalysisOptions } from './analysis-flags.ts'
import type { Effects, Files, Machine } from './effects.ts'
import { repeatableFlags } from './repeatable-flags.ts'
import { reportPath } from './report-path.ts'

/** What a run needs to know, wherever it was said: on the command line or, for the demo, in the code. */
export interface RunWish {
  /** A scenario file, or a URL whose capacity is to be searched for. */
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
  /** What a search goes on from, and the report or journal that it was read from. */
  readonly resumed?: { readonly path: string; readonly result: Result }
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
  const url = isUrl(scenarioPath) ? scenarioPath : undefined
  const overrides = { defaultSeed: machine.randomSeed(), ...wish.overrides }
  const loaded = await (url === undefined ? loadScenario(scenarioPath, overrides) : loadUrl(url, overrides))
  const misfits = url === undefined ? misfitsOfFile(wish) : []
  const named = [...misfits, ...(await unwritable(wish, url === undefined ? [scenarioPath] : [], files))]
  if (!loaded.ok) return { ok: false, problems: [...named, ...loaded.problems] }
  const { plan, text, digest } = loaded.value
  const forbidden = forbiddenTarget(plan.target, wish.allowedHosts)
  const problems = forbidden === undefined ? named : [forbidden, ...named]
  if (problems.length > 0) return { ok: false, problems }
  const flags = repeatableFlags(wish)
  const order: RunOrder = {
    plan,
    scenario: { file: url === undefined ? scenarioPath : null, ...(url && { url }), digest, text, flags },
    ...workersFor(plan, wish, machine),
    ...(pacing && { pacing }),
    out: wish.out ?? (await freeReportPath(plan.name, files, machine)),
    html,
    analysis,
  }
  return { ok: true, value: order }
}

function workersFor(plan: Plan, wish: RunWish, machine: Machine): Pick<RunOrder, 'workers' | 'workersAsked'> {
  const asked = wish.workers ?? (isClosed(plan) ? 1 : defaultWorkers(machine))
  const workers = Math.min(asked, mostWorkers(plan))
  return { workers, ...(wish.workers !== undefined && workers < asked && { workersAsked: asked }) }
}

/** What only a URL may be given. */
const misfitsOfFile = ({ overrides: { promises = [] } }: RunWish): readonly Problem[] =>
  promises.length === 0 ? [] : [PROMISE_BESIDE_SCENARIO]

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

/** What can be known before the run about files that are to be written after it; `sources` must not be among them. */
export async function unwritable(
  { out, html }: Pick<RunWish, 'out' | 'html'>,
  sources: readonly string[],
  files: Files,
): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  for (const [flag, path] of [
    ['--out', out],
    ['--html', html],
  ] as const) {
    if (path === undefined) continue
    if (sources.some(source => resolve(path) === resolve(source))) {
      problems.push(
        cannotWrite(flag, `${path} is what the run is made from`, 'give the report a name of its own'),
      )
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

const PROMISE_BESIDE_SCENARIO: Problem = {
  code: 'run/promise-beside-scenario',
  message: '--promise is for a URL; what a scenario promises stands in its file',
  fix: "write it under promises: of the scenario, or --set 'promises=[p99 < 300ms]'",
  at: { file: '--promise' },
}
