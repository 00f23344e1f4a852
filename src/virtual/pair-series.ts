import { analyse } from '../analysis/analyse.ts'
import { compareRuns } from '../compare/compare-runs.ts'
import type { CompareOptions } from '../compare/compare-runs.ts'
import type { Comparison, SideName } from '../compare/comparison.ts'
import { orderOfPair } from '../compare/pair-series.ts'
import type { Look } from '../compare/pair-series.ts'
import { figuresOfRun } from '../compare/run-figures.ts'
import type { RunFigures } from '../compare/run-figures.ts'
import { defaultsOf } from '../lab/lab-entry.ts'
import { wander } from '../lab/models/wander.ts'
import type { Plan } from '../plan/plan.ts'
import { partSeed } from '../units/part-seed.ts'
import { createRandom, standardNormal } from '../units/random.ts'
import type { Random } from '../units/random.ts'
import { carryOutVirtually } from './carry-out.ts'

/** Two versions of one server and how they are loaded. */
export interface PairExperiment {
  /** What each run carries out, by the seed of its arrivals. */
  readonly planFor: (seed: number) => Plan
  /** Service rate of the base, 1/s. */
  readonly rate: number
  /** Extra service time of the candidate as a share: 0 in an A/A test, 0.12 for +12 %. */
  readonly slower: number
  /** Standard deviation of ln(service rate) from run to run: another start, other memory, other neighbours. */
  readonly betweenRuns: number
}

/** Run-to-run variance of the bundled server: with the 1.3 % that a run of 53 s leaves open, pairs scatter by √2·√(1.5² + 1.3²) = 2.8 %. */
export const BETWEEN_RUNS = 0.015

/** Draws of one series: how fast each run's server is. Its arrivals and services have seeds of their own. */
const SPEED_STREAM = 200
const SERVER_STREAM = 201
/** No two runs start in the same minute, so that their order can be told. */
const MINUTE_MS = 60_000

/**
 * A series of runs in pairs against the lab server WANDER in virtual time, judged at the given looks until one decides. Both runs of a
 * pair have the same arrivals; each run has a server of its own speed.
 *
 * @throws Error where the sides cannot be compared, which the same plan and server exclude
 */
export function comparePairsVirtually(
  experiment: PairExperiment,
  seed: number,
  looks: readonly Look[],
  judging: Omit<CompareOptions, 'asPaired' | 'perSide' | 'looksAfter'>,
): Comparison {
  const runs: Readonly<Record<SideName, RunFigures[]>> = { base: [], candidate: [] }
  const speeds = createRandom(seed, SPEED_STREAM)
  const servers = createRandom(seed, SERVER_STREAM)
  const looksAfter: number[] = []
  let last: Comparison | undefined
  for (const { pairs, perSide } of looks) {
    looksAfter.push(pairs)
    while (runs.base.length < pairs) addPair(experiment, seed, runs, { speeds, servers })
    const compared = compareRuns(runs.base, runs.candidate, {
      ...judging,
      perSide,
      asPaired: true,
      looksAfter,
    })
    if (!compared.ok) throw new Error(compared.problems.map(({ message }) => message).join('; '))
    last = compared.value
    if (last.verdict !== 'inconclusive') break
  }
  if (last === undefined) throw new Error('a series needs at least one look')
  return last
}

function addPair(
  { planFor, rate, slower, betweenRuns }: PairExperiment,
  seed: number,
  runs: Readonly<Record<SideName, RunFigures[]>>,
  { speeds, servers }: Readonly<Record<'speeds' | 'servers', Random>>,
): void {
  const pair = runs.base.length
  const plan = planFor(partSeed(seed, pair + 1))
  for (const [place, side] of orderOfPair(pair).entries()) {
    const own =
      (rate * Math.exp(betweenRuns * standardNormal(speeds))) / (side === 'candidate' ? 1 + slower : 1)
    const model = wander.create({ ...defaultsOf(wander), rate: own }, Math.floor(servers.pick() * 2 ** 32))
    const label = `${pair + 1}-${side}`
    const startedAt = new Date((2 * pair + place) * MINUTE_MS).toISOString()
    const { result, records } = carryOutVirtually(plan, model, { id: label, startedAt })
    runs[side].push(figuresOfRun({ label, result, findings: analyse(result, {}, records), records }))
  }
}
