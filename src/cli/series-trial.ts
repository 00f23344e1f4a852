import type { SideName } from '../compare/comparison.ts'
import { pairTrial } from '../scenario/pair-trial.ts'
import { splitUrl } from '../scenario/url-scenario.ts'
import { formatRate } from '../units/format.ts'
import type { Checked, Problem } from '../units/problem.ts'
import { perSecond } from '../units/quantity.ts'
import type { Effects } from './effects.ts'
import { EXIT } from './exit-code.ts'
import type { ExitCode } from './exit-code.ts'
import { explainStop } from './explain-stop.ts'
import { runAndKeep } from './run-and-keep.ts'
import { prepareRun } from './run-order.ts'
import type { RunOrder, RunWish } from './run-order.ts'
import type { SeriesWish } from './series-wish.ts'
import type { Voice } from './voice.ts'

/** What the runs of a series carry out: the same for both sides but for the target. */
export interface Trial {
  readonly scenarioPath: string
  readonly targets: Readonly<Record<SideName, string>>
}

/** Without a trial the series cannot begin; `told` is to be told. */
export type TrialFound = { readonly trial: Trial } | NoTrial

interface NoTrial {
  readonly told: string
  readonly exit: ExitCode
}

/** Everything that can be known to be wrong before anything is sent. */
export async function checkSeries(wish: SeriesWish, effects: Effects): Promise<readonly Problem[]> {
  const { urls, scenarioPath } = wish
  const problems: Problem[] = []
  for (const url of new Set(Object.values(urls))) {
    const own = scenarioPath === undefined ? { scenarioPath: url } : { scenarioPath, target: url }
    const prepared = await prepareRun(runWish(wish, own), effects)
    if (!prepared.ok) problems.push(...prepared.problems)
  }
  const [base, candidate] = [splitUrl(urls.base), splitUrl(urls.candidate)]
  if (scenarioPath === undefined && base.path !== candidate.path) problems.push(OTHER_PATH)
  return [...new Map(problems.map(problem => [JSON.stringify(problem), problem])).values()]
}

/** The scenario as given, or one made for the base's knee, which is searched for where nobody told it. */
export async function findTrial(
  wish: SeriesWish,
  folder: string,
  seed: number,
  voice: Voice,
  effects: Effects,
): Promise<TrialFound> {
  const { scenarioPath, urls, knee } = wish
  if (scenarioPath !== undefined) return { trial: { scenarioPath, targets: urls } }
  const found =
    knee === undefined ? await searchKnee(wish, folder, seed, voice, effects) : { rps: knee, overloads: true }
  if ('told' in found) return found
  const { name, origin, path } = splitUrl(urls.base)
  const made = `${folder}/trial.yaml`
  const text = pairTrial({
    name: `pairs against ${name}`,
    target: origin,
    path,
    kneeRps: found.rps,
    overloads: found.overloads,
  })
  await effects.files.replace(made, text)
  return {
    trial: { scenarioPath: made, targets: { base: origin, candidate: splitUrl(urls.candidate).origin } },
  }
}

interface KnownKnee {
  readonly rps: number
  readonly overloads: boolean
}

async function searchKnee(
  wish: SeriesWish,
  folder: string,
  seed: number,
  voice: Voice,
  effects: Effects,
): Promise<KnownKnee | NoTrial> {
  voice.say(`What does the base carry? A search of ${wish.urls.base} tells; --knee spares it.\n`)
  const order = await prepareRun(
    runWish(wish, { scenarioPath: wish.urls.base, seed, out: `${folder}/search.json` }),
    effects,
  )
  if (!order.ok) throw new Error('the search was sound before and is not now')
  const { report, exit } = await runAndKeep(order.value, silent(voice), effects)
  if (report === undefined || exit !== undefined) return { told: '', exit: exit ?? EXIT.internalError }
  const { ended } = report.run
  if (ended.how === 'stopped') return { told: explainStop(ended), exit: EXIT.inconclusive }
  if (ended.how === 'interrupted')
    return {
      told: 'The search for the knee was interrupted; nothing was compared.\n',
      exit: ended.signal === 'SIGINT' ? EXIT.interrupted : EXIT.terminated,
    }
  const { rps, bound } = report.capacity.knee
  if (!report.trust.ok || rps === null)
    return {
      told: `The search found no knee (${order.value.out} says why). Give one with --knee, or a --scenario.\n`,
      exit: EXIT.inconclusive,
    }
  const about = bound === 'measured' ? '' : `${bound.replace('-', ' ')} `
  voice.say(`It carries ${about}${formatRate(perSecond(rps))}.\n`)
  return { rps, overloads: report.capacity.limitedBy !== 'generator' }
}

/** @throws Error where what was sound when the series began no longer is */
export async function orderRun(
  wish: SeriesWish,
  { scenarioPath, targets }: Trial,
  { side, seed, out }: { readonly side: SideName; readonly seed: number; readonly out: string },
  effects: Effects,
): Promise<RunOrder> {
  const prepared: Checked<RunOrder> = await prepareRun(
    runWish(wish, { scenarioPath, target: targets[side], seed, out }),
    effects,
  )
  if (prepared.ok) return prepared.value
  throw new Error(prepared.problems.map(({ message }) => message).join('; '))
}

interface OwnWish {
  readonly scenarioPath: string
  readonly target?: string
  readonly seed?: number
  readonly out?: string
}

function runWish({ common }: SeriesWish, { scenarioPath, target, seed, out }: OwnWish): RunWish {
  return {
    scenarioPath,
    ...common,
    overrides: {
      ...common.overrides,
      ...(target !== undefined && { target }),
      ...(seed !== undefined && { seed }),
    },
    out,
    html: undefined,
    analysis: {},
  }
}

/** The runs of a series do not speak for themselves. */
export const silent = (voice: Voice): Voice => ({ ...voice, isQuiet: true, say: () => undefined })

const OTHER_PATH: Problem = {
  code: 'series/other-path',
  message: 'the two URLs ask for different paths, which would compare two pages, not two versions',
  fix: 'give both the same path, or say what to request with --scenario',
  at: { file: '--run' },
}
