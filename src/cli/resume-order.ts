import { resolve } from 'node:path'
import type { Result } from '../result/result.ts'
import { checkResumable } from '../trial/check-resumable.ts'
import { formatDuration } from '../units/format.ts'
import type { Checked, Problem } from '../units/problem.ts'
import { seconds } from '../units/quantity.ts'
import type { Nanoseconds } from '../units/quantity.ts'
import { forbiddenTarget } from './allowed-target.ts'
import type { Effects } from './effects.ts'
import { openReport } from './open-report.ts'
import { unwritable } from './run-order.ts'
import type { RunOrder, RunWish } from './run-order.ts'

/** What may be said anew when a search goes on; everything else was decided when it began. */
export interface ResumeWish extends Pick<RunWish, 'allowedHosts' | 'workers' | 'out' | 'html' | 'analysis'> {
  /** A report, or the journal of a run that was killed. */
  readonly path: string
  /** Load in all, with what was spent before. */
  readonly budget: Nanoseconds | undefined
}

/** Plan, scenario and flags of the search as they were; the report goes where it was to go. */
export async function prepareResume(wish: ResumeWish, { files }: Effects): Promise<Checked<RunOrder>> {
  const { path, budget, html, analysis } = wish
  const out = wish.out ?? path.replace(/\.journal$/, '')
  // A report may take the place of the one that it continues.
  const isSame = resolve(out) === resolve(path)
  const named = await unwritable({ out: isSame ? undefined : out, html }, [path], files)
  const opened = await openReport(path, files)
  if (!opened.ok) return { ok: false, problems: [...named, ...opened.problems] }
  const result = withBudget(opened.value, budget)
  const { plan, run } = result
  const { scenario, pacing, calibration } = run
  const resumable = checkResumable(result, path)
  const forbidden = forbiddenTarget(plan.target, wish.allowedHosts) ?? []
  const stopped = resumable.ok ? budgetSpent(opened.value, wish) : resumable.problems
  const problems = [forbidden, named, stopped].flat()
  if (problems.length > 0) return { ok: false, problems }
  const order: RunOrder = {
    plan,
    scenario,
    workers: wish.workers ?? run.workers,
    ...(pacing && { pacing }),
    ...(calibration && { calibration }),
    out,
    html,
    analysis,
    // Where nothing was measured, the target having been down, there is nothing to go on from.
    ...(result.windows.length > 0 && { resumed: { path, result } }),
  }
  return { ok: true, value: order }
}

/**
 * The command that goes on with the search of a report, with a larger budget where that is what it takes; undefined
 * where there is nothing to go on with.
 */
export function resumeCommand(result: Result, path: string): readonly string[] | undefined {
  if (result.windows.length === 0) return undefined
  const { flags = [] } = result.run.scenario
  const hosts = flags.filter((_, i) => flags[i] === '--allow-host' || flags[i - 1] === '--allow-host')
  if (!checkResumable(result, path).ok) return undefined
  const isSpent = budgetSpent(result, { path, budget: undefined }).length > 0
  return ['plimsoll', 'run', '--resume', path, ...(isSpent ? ['--budget', twice(result)] : []), ...hosts]
}

function withBudget(result: Result, budget: Nanoseconds | undefined): Result {
  const { plan } = result
  if (plan.search === undefined || budget === undefined) return result
  return { ...result, plan: { ...plan, search: { ...plan.search, budget } } }
}

/** There is load left to give: more than what was given, where all of that is spent. */
function budgetSpent(
  { plan, search }: Result,
  { path, budget }: Pick<ResumeWish, 'path' | 'budget'>,
): readonly Problem[] {
  const before = plan.search?.budget ?? seconds(0)
  const spent = seconds(search?.conclusion.loadSeconds ?? 0)
  const isSpent = search?.conclusion.flags.includes('budget-spent') === true
  const isEnough = isSpent ? (budget ?? 0) > before : budget === undefined || budget > spent
  if (isEnough) return []
  const problem = {
    code: 'resume/budget-spent',
    message: `the search has taken ${formatDuration(spent)} of load, and its budget is ${formatDuration(budget ?? before)}`,
    fix: `give it more, of load in all: --budget ${twice({ plan })}`,
    at: { file: budget === undefined ? path : '--budget' },
  }
  return [problem]
}

/** The budget twice, as it is typed. */
const twice = ({ plan }: Pick<Result, 'plan'>): string =>
  `${Math.ceil((2 * (plan.search?.budget ?? 0)) / 1e9)}s`
