import { differenceInterval } from '../statistics/difference-interval.ts'
import { centreOf } from '../statistics/hodges-lehmann.ts'
import {
  meanOf,
  pairedShift,
  predictedShift,
  shiftBounds,
  varianceOf,
  welchShift,
} from '../statistics/location-shift.ts'
import type { LocationShift } from '../statistics/location-shift.ts'
import { shiftWithInterval } from '../statistics/rank-sum.ts'
import { rankSumClaims, shiftClaims, signClaims, signedRankClaims, verdictOf } from './claims.ts'
import type { Claims, MetricComparison, Pair } from './comparison.ts'
import { ENOUGH_HISTORY } from './pair-runs.ts'
import { scoreRange, scoreWithin } from './score.ts'
import type { Sample, Samples } from './samples.ts'

/** The change of one metric, before it is known what else is compared. */
export interface Estimate extends Pick<
  MetricComparison,
  'method' | 'change' | 'low' | 'high' | 'sd' | 'robust' | 'claims' | 'pairChanges'
> {
  /** What decides how many more runs it takes; null where more runs of this kind would not help. */
  readonly spread: Spread | null
}

export interface Spread {
  /** sd/√n is the error of the change for n pairs, or n runs a side. */
  readonly sd: number
  readonly runs: number
  readonly dfPerRun: number
}

export interface Asked {
  /** On the scale of the changes. */
  readonly margin: number
  readonly perSide: number
}

/** The robust test speaks first from so many runs on, where the two disagree: then one wild run may have misled the mean. */
const ENOUGH_FOR_RANKS = 8

/** Undefined where there is nothing to compare. */
export function estimateChange(samples: Samples, pairs: readonly Pair[], asked: Asked): Estimate | undefined {
  return pairs.length > 0 ? ofPairs(samples, pairs, asked) : ofSamples(samples, asked)
}

function ofPairs(samples: Samples, pairs: readonly Pair[], asked: Asked): Estimate | undefined {
  const told = pairs
    .map(pair => [samples.base[pair.base]!, samples.candidate[pair.candidate]!] as const)
    .filter(pair => pair.every(({ reading }) => reading.bound !== 'none'))
  const measured = told.filter(pair => pair.every(({ score }) => score !== undefined))
  const changes = measured.map(([base, candidate]) => candidate.score! - base.score!)
  if (changes.length >= 2 && measured.length * 2 >= told.length) {
    const least = samples.leastError(
      measured.map(([base]) => base),
      measured.map(([, candidate]) => candidate),
    )
    const shift = widened(pairedShift(changes), least)
    const { value, low, high, confidence } = centreOf(changes, 1 - 2 * asked.perSide)
    return {
      ...fromShift('paired-t', shift, asked, { by: 'signed-rank', runs: changes.length }, () =>
        signedRankClaims(changes, asked.margin),
      ),
      pairChanges: changes,
      sd: Math.sqrt(varianceOf(changes)),
      robust: { value, low, high, confidence },
      spread: { sd: shift.error * Math.sqrt(changes.length), runs: changes.length, dfPerRun: 1 },
    }
  }
  if (measured.length === told.length) return alone(samples, told[0]?.[0], told[0]?.[1])
  const ranges = told.map(pair => {
    const [base, candidate] = pair.map(({ reading }) => scoreRange(samples.metric, reading)!)
    return { low: candidate!.low - base!.high, high: candidate!.high - base!.low }
  })
  return { ...UNKNOWN, method: 'bounds', claims: signClaims(ranges, asked.margin) }
}

function ofSamples(samples: Samples, asked: Asked): Estimate | undefined {
  const told = [samples.base, samples.candidate].map(side =>
    side.filter(({ reading }) => reading.bound !== 'none'),
  ) as [Sample[], Sample[]]
  const measured = told.map(side => side.filter(({ score }) => score !== undefined)) as [Sample[], Sample[]]
  if (told.some(side => side.length === 0)) return undefined
  if (measured.some((side, index) => side.length * 2 < told[index]!.length || side.length === 0)) {
    const [base, candidate] = told.map(side =>
      side.map(({ reading }) => scoreRange(samples.metric, reading)!),
    ) as [Range[], Range[]]
    return { ...UNKNOWN, method: 'bounds', claims: rankSumClaims(base, candidate, asked.margin) }
  }
  const [base, candidate] = measured
  const least = samples.leastError(base, candidate)
  if (base.length > 1 && candidate.length > 1) return ofTwo(scores(base), scores(candidate), least, asked)
  if (base.length > 1 || candidate.length > 1) return ofOne(scores(base), scores(candidate), least, asked)
  return alone(samples, base[0], candidate[0])
}

type Range = NonNullable<ReturnType<typeof scoreRange>>

const scores = (side: readonly Sample[]): readonly number[] => side.map(({ score }) => score!)

function ofTwo(a: readonly number[], b: readonly number[], least: number, asked: Asked): Estimate {
  const shift = widened(welchShift(a, b), least)
  const [v, w] = [varianceOf(a), varianceOf(b)]
  const runs = Math.min(a.length, b.length)
  const points = (values: readonly number[]): Range[] => values.map(value => ({ low: value, high: value }))
  const { value, low, high, confidence } = shiftWithInterval(a, b, 1 - 2 * asked.perSide)
  return {
    ...fromShift('welch', shift, asked, { by: 'rank-sum', runs }, () =>
      rankSumClaims(points(a), points(b), asked.margin),
    ),
    sd: Math.sqrt((v + w) / 2),
    robust: { value, low, high, confidence },
    spread: {
      sd: Math.max(Math.sqrt(v + w), least * Math.sqrt(runs)),
      runs,
      dfPerRun: v + w > 0 ? (v + w) ** 2 / (v ** 2 + w ** 2) : 1,
    },
  }
}

/** One run on one side: what the next run of the other side would do. Fewer than eight of them allow no verdict. */
function ofOne(a: readonly number[], b: readonly number[], least: number, asked: Asked): Estimate {
  const turned = a.length === 1
  const known = turned ? predictedShift(b, a[0]!) : predictedShift(a, b[0]!)
  const shift = widened(turned ? { ...known, value: -known.value } : known, least)
  const many = turned ? b : a
  const estimate = fromShift('predictive', shift, asked)
  const sd = Math.sqrt(varianceOf(many))
  return {
    ...estimate,
    sd,
    claims: many.length >= ENOUGH_HISTORY ? estimate.claims : null,
    spread: { sd: sd * Math.SQRT2, runs: 1, dfPerRun: 1 },
  }
}

/** One run on each side: what the runs know of themselves, and nothing of how far runs lie apart. */
function alone(
  { metric }: Samples,
  base: Sample | undefined,
  candidate: Sample | undefined,
): Estimate | undefined {
  if (base?.score === undefined || candidate?.score === undefined) return undefined
  const [own, other] = [scoreWithin(metric, base.reading), scoreWithin(metric, candidate.reading)]
  const change = candidate.score - base.score
  const within = own && other && differenceInterval(own, other)
  return { ...UNKNOWN, change, low: within?.low ?? null, high: within?.high ?? null }
}

const UNKNOWN: Estimate = {
  method: 'within-run',
  change: null,
  low: null,
  high: null,
  sd: null,
  robust: null,
  claims: null,
  pairChanges: null,
  spread: null,
}

const widened = (shift: LocationShift, least: number): LocationShift => ({
  ...shift,
  error: Math.max(shift.error, least),
})

interface Ranks {
  readonly by: 'signed-rank' | 'rank-sum'
  readonly runs: number
}

function fromShift(
  method: Estimate['method'],
  shift: LocationShift,
  { margin, perSide }: Asked,
  ranks?: Ranks,
  rankClaims?: () => Claims,
): Estimate {
  const claims = shiftClaims(shift, margin)
  const known = { ...UNKNOWN, change: shift.value, ...shiftBounds(shift, perSide) }
  if (ranks !== undefined && rankClaims !== undefined && ranks.runs >= ENOUGH_FOR_RANKS) {
    const robust = rankClaims()
    if (verdictOf(robust, perSide) !== verdictOf(claims, perSide))
      return { ...known, method: ranks.by, claims: robust }
  }
  return { ...known, method, claims }
}

/** The middle of what was measured on one side, as a value; null where nothing was. */
export const middleOf = (side: readonly Sample[]): number | null => {
  const known = side.flatMap(({ score }) => score ?? [])
  return known.length === 0 ? null : meanOf(known)
}
