import { compareRuns } from '../compare/compare-runs.ts'
import type { CompareOptions } from '../compare/compare-runs.ts'
import type { Comparison, SideName } from '../compare/comparison.ts'
import { orderOfPair } from '../compare/pair-series.ts'
import type { Look } from '../compare/pair-series.ts'
import { figuresOfRun } from '../compare/run-figures.ts'
import type { RunFigures } from '../compare/run-figures.ts'
import type { Report } from '../report/report.ts'
import { durationOf } from '../plan/plan.ts'
import type { Plan } from '../plan/plan.ts'
import { formatDuration, formatRate } from '../units/format.ts'
import { partSeed } from '../units/part-seed.ts'
import type { Problem } from '../units/problem.ts'
import { perSecond } from '../units/quantity.ts'
import type { Effects } from './effects.ts'
import { EXIT } from './exit-code.ts'
import type { ExitCode } from './exit-code.ts'
import { explainStop } from './explain-stop.ts'
import { hearStop } from './hear-stop.ts'
import type { StopHearing } from './hear-stop.ts'
import { reportPath } from './report-path.ts'
import { runAndKeep } from './run-and-keep.ts'
import { findTrial, orderRun, silent } from './series-trial.ts'
import type { Trial } from './series-trial.ts'
import type { SeriesWish } from './series-wish.ts'
import type { Voice } from './voice.ts'

export interface SeriesOutcome {
  /** Of all pairs that are whole; absent where there is none. */
  readonly comparison?: Comparison
  /** Where the series could not end as it should; then it wins over the verdict's. */
  readonly exit?: ExitCode
  /** Why the sides cannot be compared. */
  readonly problems?: readonly Problem[]
}

export type Judging = Omit<CompareOptions, 'asPaired' | 'perSide' | 'looksAfter'>

/** What a series of runs in pairs needs before its first run. */
export interface ReadySeries {
  readonly wish: SeriesWish
  readonly trial: Trial
  readonly folder: string
  readonly seed: number
}

/** Finds out what each run is to carry out; else it has been told why there is nothing to run. */
export async function readySeries(
  wish: SeriesWish,
  voice: Voice,
  effects: Effects,
): Promise<ReadySeries | { readonly exit: ExitCode }> {
  const { terminal, machine } = effects
  const seed = wish.seed ?? machine.randomSeed()
  const folder = wish.folder ?? reportPath('pairs', machine.now()).replace(/\.json$/, '')
  const found = await findTrial(wish, folder, seed, voice, effects)
  if ('trial' in found) return { wish, trial: found.trial, folder, seed }
  terminal.tell(found.told)
  return { exit: found.exit }
}

/**
 * Runs base and candidate in turn, AB BA BA AB …, both runs of a pair with the same arrivals, and judges at the looks:
 * it ends as soon as one decides. Every run leaves its report, so that what ends the series early loses nothing.
 */
export const runSeries = (
  ready: ReadySeries,
  looks: readonly Look[],
  judging: Judging,
  voice: Voice,
  effects: Effects,
): Promise<SeriesOutcome> => new Series(ready, voice, effects).run(looks, judging)

type Broken = { readonly exit: ExitCode }

class Series {
  readonly #runs: Readonly<Record<SideName, RunFigures[]>> = { base: [], candidate: [] }
  readonly #ready: ReadySeries
  readonly #voice: Voice
  readonly #effects: Effects
  readonly #hearing: StopHearing
  #announced = false

  constructor(ready: ReadySeries, voice: Voice, effects: Effects) {
    this.#ready = ready
    this.#voice = voice
    this.#hearing = hearStop(effects)
    this.#effects = this.#hearing.effects
  }

  /** A signal ends the run under way, which listens to it as well, and with it the series. */
  async run(looks: readonly Look[], judging: Judging): Promise<SeriesOutcome> {
    try {
      return await this.#goThrough(looks, judging)
    } finally {
      this.#hearing.forget()
    }
  }

  async #goThrough(looks: readonly Look[], judging: Judging): Promise<SeriesOutcome> {
    const most = looks.at(-1)!
    let last: SeriesOutcome = {}
    for (let pair = 0; pair < most.pairs; pair += 1) {
      const broken = await this.#runPair(pair, most.pairs)
      if (broken !== undefined) return { ...this.#judge(judging, most.perSide, looks), ...broken }
      const look = looks.find(({ pairs }) => pairs === pair + 1)
      last = this.#judge(judging, look?.perSide ?? most.perSide, looks)
      // What speaks against a comparison at all is known after the first pair.
      if (last.comparison === undefined) return last
      if (look === undefined) continue
      if (last.comparison.verdict !== 'inconclusive') return last
      const { leaning } = last.comparison
      const next = looks[looks.indexOf(look) + 1]
      if (next !== undefined)
        this.#voice.say(
          `after ${look.pairs} pairs: not decided${leaning === null ? '' : `, leaning ${leaning}`}; the next look is after ${next.pairs}\n`,
        )
    }
    return last
  }

  /** All pairs that are whole. */
  #judge(judging: Judging, perSide: number, looks: readonly Look[]): SeriesOutcome {
    const { base, candidate } = this.#runs
    const whole = base.length
    if (whole === 0) return {}
    const looksAfter = [...looks.map(({ pairs }) => pairs).filter(pairs => pairs < whole), whole]
    const compared = compareRuns(base, candidate, { ...judging, perSide, asPaired: true, looksAfter })
    return compared.ok ? { comparison: compared.value } : { problems: compared.problems, exit: EXIT.usage }
  }

  async #runPair(pair: number, most: number): Promise<Broken | undefined> {
    const kept: Partial<Record<SideName, RunFigures>> = {}
    for (const side of orderOfPair(pair)) {
      const out = `${this.#ready.folder}/${pair + 1}-${side}.json`
      const first = await this.#runOnce(pair, most, side, out)
      if ('exit' in first) return first
      // Another try costs less than a pair that does not count.
      const run = first.findings.trust.ok
        ? first
        : await this.#runOnce(pair, most, side, out.replace(/\.json$/, '-again.json'))
      if ('exit' in run) return run
      kept[side] = run
    }
    this.#runs.base.push(kept.base!)
    this.#runs.candidate.push(kept.candidate!)
    return undefined
  }

  async #runOnce(pair: number, most: number, side: SideName, out: string): Promise<RunFigures | Broken> {
    const { wish, trial, seed } = this.#ready
    const order = await orderRun(wish, trial, { side, seed: partSeed(seed, pair + 1), out }, this.#effects)
    if (!this.#announced) this.#voice.say(announce(order.plan, most, this.#ready))
    this.#announced = true
    const before = this.#hearing.exit()
    if (before !== undefined) return { exit: before }
    const { report, exit } = await runAndKeep(order, silent(this.#voice), this.#effects)
    if (report === undefined || exit !== undefined) return { exit: exit ?? EXIT.internalError }
    this.#voice.say(`pair ${String(pair + 1).padStart(2)}  ${side.padEnd(9)}  ${wordRun(report)}\n`)
    const { ended } = report.run
    const stopped = this.#hearing.exit()
    if (stopped !== undefined) return { exit: stopped }
    if (ended.how === 'stopped') {
      this.#effects.terminal.tell(explainStop(ended))
      return { exit: EXIT.inconclusive }
    }
    return figuresOfRun({ label: out, result: report.result, findings: report })
  }
}

function announce(plan: Plan, mostPairs: number, { wish: { urls }, seed, folder }: ReadySeries): string {
  const long = plan.search === undefined ? `, ${formatDuration(durationOf(plan))} each` : ''
  return (
    `base ${urls.base}, candidate ${urls.candidate}: at most ${mostPairs} pairs of runs${long}, seed ${seed}\n` +
    `reports: ${folder}/\n`
  )
}

/** One run in a line. */
function wordRun({ capacity, trust }: Report): string {
  if (!trust.ok) return `not trusted: ${trust.reasons[0] ?? ''}`
  const { rps, low, high, bound } = capacity.knee
  const rate = (value: number): string => formatRate(perSecond(value))
  if (rps === null)
    return capacity.saturation === null ? 'no knee' : `no knee, ${rate(capacity.saturation.rps)} at most`
  if (bound !== 'measured') return `knee ${bound.replace('-', ' ')} ${rate(rps)}`
  const between = low === null || high === null ? '' : ` (${rate(low)} to ${rate(high)})`
  return `knee ${rate(rps)}${between}`
}
