import { analyse } from '../../src/analysis/analyse.ts'
import type { Findings, RateEstimate } from '../../src/analysis/findings.ts'
import { figuresOfRun } from '../../src/compare/run-figures.ts'
import type { RunFigures } from '../../src/compare/run-figures.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { buildReport } from '../../src/report/build-report.ts'
import type { Report } from '../../src/report/report.ts'
import type { Result, RunFacts } from '../../src/result/result.ts'
import { judge } from '../../src/verdict/judge.ts'
import { normalQuantile } from '../../src/statistics/normal-quantile.ts'
import type { Random } from '../../src/units/random.ts'
import { FACTS, resultOf, stage } from './fixture-result.ts'
import type { Fate } from './fixture-result.ts'
import { planOf } from './report-fixture.ts'

/** What makes one pretended run unlike the next. */
export interface RunWish {
  readonly label: string
  /** Capacity in 1/s. */
  readonly capacity?: number
  /** The hour at which it started: runs with the same hour and label are one run. */
  readonly hour?: number
  readonly seed?: number
  readonly run?: Partial<RunFacts>
  readonly plan?: Partial<Plan>
  /** Share of the requests that fail at any load. */
  readonly errors?: number
  /** The name of one request that takes this many times as long. */
  readonly slow?: { readonly request: string; readonly times: number }
}

/** A gateway in front of a target that carries `capacity`/s and takes 1000/(capacity − rate) ms, as M/M/1 does. */
const target =
  ({ capacity = 800, errors = 0, slow }: RunWish) =>
  (rate: number, name: string): readonly Fate[] => {
    const lost = Math.max(0, 1 - capacity / rate)
    const times = slow?.request === name ? slow.times : 1
    const waitMs = (rate < capacity ? Math.min(150, 1000 / (capacity - rate)) : 150) * times
    const good = (1 - lost) * (1 - errors)
    return [
      { outcome: { kind: 'answered', status: 200 }, share: good, meanMs: waitMs },
      { outcome: { kind: 'answered', status: 502 }, share: 1 - good, meanMs: 1 },
    ]
  }

/** Held at 240/s and at 480/s, then a ramp through the capacity. */
const STAGES = [
  stage('warm-up', 50, 50, 2, true),
  stage('low', 240, 240, 6),
  stage('middle', 480, 480, 6),
  stage('ramp', 480, 1500, 30),
]

/** The RESULT of such a run, without chance. */
export function pretendedResult(wish: RunWish): Result {
  const { label, hour = 0, seed = 42 } = wish
  const plan: Plan = { ...planOf(STAGES), seed, ...wish.plan }
  const fates = target(wish)
  const result = resultOf(plan, { target: (rate, { name }) => fates(rate, name) })
  const two = String(hour).padStart(2, '0')
  const run: RunFacts = {
    ...FACTS,
    id: `${label}-${two}`,
    startedAt: `2026-03-04T${two}:00:00.000Z`,
    endedAt: `2026-03-04T${two}:01:00.000Z`,
    ...wish.run,
  }
  return { ...result, run }
}

export function pretendedRun(wish: RunWish): RunFigures {
  const result = pretendedResult(wish)
  return figuresOfRun({ label: wish.label, result, findings: analyse(result) })
}

export function pretendedReport(wish: RunWish): Report {
  const result = pretendedResult(wish)
  const findings = analyse(result)
  return buildReport(result, findings, judge(result.plan, findings, result))
}

const plain: { run?: RunFigures } = {}

/** A run of which nothing matters but what it says of the knee, for many comparisons in little time. */
export function runWithKnee(
  wish: RunWish,
  knee: Partial<RateEstimate>,
  rest: Partial<Pick<Findings, 'trust' | 'onset'>> & { readonly slo?: Findings['capacity']['slo'] } = {},
): RunFigures {
  plain.run ??= pretendedRun({ label: 'plain' })
  const { result, findings } = plain.run
  const { hour = 0, seed = 42, label } = wish
  const minute = `2026-03-${String(1 + Math.floor(hour / 24)).padStart(2, '0')}T${String(hour % 24).padStart(2, '0')}`
  const run: RunFacts = {
    ...result.run,
    id: `${label}-${hour}`,
    startedAt: `${minute}:00:00.000Z`,
    endedAt: `${minute}:01:00.000Z`,
    ...wish.run,
  }
  const { slo = null, ...others } = rest
  return {
    label,
    result: { ...result, plan: { ...result.plan, seed, ...wish.plan }, run },
    findings: {
      ...findings,
      onset: { '502': null, '503': null, '504': null, any: null },
      ...others,
      capacity: {
        ...findings.capacity,
        saturation: null,
        slo,
        knee: {
          ...findings.capacity.knee,
          bound: 'measured',
          low: null,
          high: null,
          because: 'given',
          ...knee,
        },
      },
    },
    steady: [],
    curve: [],
  }
}

/** Knees of both sides in n interleaved runs, ABBA: pair changes scatter by `sd` around `change` (+ is worse). */
export function noisyPairs(
  n: number,
  { sd, change, random }: { readonly sd: number; readonly change: number; readonly random: Random },
): { readonly base: RunFigures[]; readonly candidate: RunFigures[] } {
  const noise = (): number => (normalQuantile(random.uniform() * (1 - 1e-12)) * sd) / Math.SQRT2
  const at = (label: string, hour: number, shift: number): RunFigures =>
    runWithKnee({ label: `${label}${hour}`, hour }, { rps: 800 * Math.exp(noise() - shift) })
  const base: RunFigures[] = []
  const candidate: RunFigures[] = []
  for (let i = 0; i < n; i += 1) {
    const [own, other] = i % 2 === 0 ? [2 * i, 2 * i + 1] : [2 * i + 1, 2 * i]
    base.push(at('base', own, 0))
    candidate.push(at('new', other, change))
  }
  return { base, candidate }
}
