import { DEFAULT_MARGINS } from '../../src/compare/margins.ts'
import type { ComparisonVerdict } from '../../src/compare/comparison.ts'
import { MOST_PAIRS, looksOf } from '../../src/compare/pair-series.ts'
import type { Look } from '../../src/compare/pair-series.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { pairTrial } from '../../src/scenario/pair-trial.ts'
import { readScenario } from '../../src/scenario/read-scenario.ts'
import { BETWEEN_RUNS, comparePairsVirtually } from '../../src/virtual/pair-series.ts'

/** How the pairs are judged, and by how much the candidate is slower. */
export interface Setting {
  readonly name: string
  readonly looks: readonly Look[]
  readonly slower: number
  /** True where the candidate is another version. */
  readonly isPlanted: boolean
}

const PER_SIDE = 0.025
const FIXED: readonly Look[] = [{ pairs: 5, perSide: PER_SIDE }]
const SEQUENTIAL = looksOf(MOST_PAIRS, PER_SIDE)
export const PLANTED = 0.12

export const SETTINGS: readonly Setting[] = [
  { name: '5 pairs, A/A', looks: FIXED, slower: 0, isPlanted: false },
  { name: '5 pairs, +12 % service time', looks: FIXED, slower: PLANTED, isPlanted: true },
  { name: 'looks at 3, 5, 8, 12 pairs, A/A', looks: SEQUENTIAL, slower: 0, isPlanted: false },
  {
    name: 'looks at 3, 5, 8, 12 pairs, +12 % service time',
    looks: SEQUENTIAL,
    slower: PLANTED,
    isPlanted: true,
  },
]

/** One comparison, as it goes to a worker thread. */
export interface Errand {
  readonly setting: number
  readonly seed: number
}

/** What it came to. */
export interface Found {
  readonly setting: number
  readonly verdict: ComparisonVerdict
  readonly pairs: number
  /** Standard deviation of the pairs' changes of the knee. */
  readonly sd: number | null
}

/** Service rate of the base, 1/s. */
const RATE = 600

export function runErrand({ setting: index, seed }: Errand): Found {
  const { looks, slower } = SETTINGS[index]!
  const experiment = { planFor, rate: RATE, slower, betweenRuns: BETWEEN_RUNS }
  const { verdict, design, metrics, primary } = comparePairsVirtually(experiment, seed, looks, {
    margins: DEFAULT_MARGINS,
    force: false,
  })
  const sd = metrics.find(({ id }) => id === primary)?.sd ?? null
  return { setting: index, verdict, pairs: design.pairs.length, sd }
}

/** What each run of `plimsoll compare --run` carries out against a server of this rate. */
export const trialText = (target: string): string =>
  pairTrial({ name: 'compare', target, path: '/', kneeRps: RATE, overloads: true })

function planFor(seed: number): Plan {
  const read = readScenario(trialText('http://127.0.0.1:80'), 'trial.yaml', { seed })
  if (read.ok) return read.value
  throw new Error(read.problems.map(({ message }) => message).join('; '))
}
