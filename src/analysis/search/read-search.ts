import type { Result, Sample } from '../../result/result.ts'
import type { SearchConclusion, SearchRecord } from '../../result/search-record.ts'
import { dispersionOf } from '../../statistics/dispersion.ts'
import { sums } from '../collapse.ts'
import type { Crossing } from '../crossing.ts'
import { limiterHeader } from '../limiter-header.ts'
import type { Knee, KneeReading } from '../knee.ts'
import type { Level } from '../levels.ts'
import type { Throughput } from '../throughput.ts'
import type { WindowRecord } from '../window-record.ts'
import { isLimited } from './is-limited.ts'
import { searchLevels } from './search-levels.ts'

/** The knee that a search concluded, with the windows that speak for it, as the rest of the analysis reads a knee. */
export function readSearch(
  { plan: { arrivals }, samples }: Pick<Result, 'plan' | 'samples'>,
  search: SearchRecord,
  records: readonly WindowRecord[],
): KneeReading {
  const { conclusion } = search
  const { calm, struck } = searchLevels(search, records)
  const flow = { p0: conclusion.baselineShare, arrivalVariation: arrivals === 'poisson' ? 1 : 0 }
  const above = calm.filter(({ rate }) => rate > (conclusion.knee.rps ?? Infinity))
  const limitedByErrors = failuresPrevail(above, flow.p0)
  return {
    flow,
    calm,
    struck,
    throughput: throughputOf(conclusion, { calm, above, samples }),
    crossing: crossingOf(conclusion, limitedByErrors),
    collapse: undefined,
    holds: [],
    knee: kneeOf(conclusion, limitedByErrors ? 'errors' : 'throughput'),
  }
}

function kneeOf({ knee, holdSeconds }: SearchConclusion, by: 'errors' | 'throughput'): Knee {
  const { rps, low, high, bound } = knee
  if (rps === null || bound === 'none') return { by: 'nothing' }
  if (bound === 'at-least') return { by: 'sustained', rps, seconds: holdSeconds ?? 0, upTo: rps }
  return { by, rps, low: low ?? 0, high: high ?? rps, fromTheStart: bound === 'at-most' }
}

/** Holds on both sides found where the errors exceed ε: that rate is where they begin. */
function crossingOf({ knee, mode, flags }: SearchConclusion, limitedByErrors: boolean): Crossing | undefined {
  const { rps, low, high, bound } = knee
  const isBracketed = mode === 'bracket' && bound === 'measured' && !collapses(flags)
  if (!isBracketed || !limitedByErrors || rps === null) return undefined
  return { rps, low: low ?? rps, high: high ?? rps }
}

const collapses = (flags: SearchConclusion['flags']): boolean =>
  flags.includes('collapse') || flags.includes('retrograde')

/** Is most of what is lost above the knee refused or failed, and not only late? */
function failuresPrevail(above: readonly Level[], p0: number): boolean {
  const { offered, good, bad } = sums(above)
  return bad - offered * p0 >= (offered * (1 - p0) - good) / 2
}

interface Evidence {
  readonly calm: readonly Level[]
  /** Of these, the ones above the knee. */
  readonly above: readonly Level[]
  readonly samples: readonly Sample[]
}

/** Undefined where no overload was measured. */
function throughputOf(
  { knee, flags, baselineShare }: SearchConclusion,
  { calm, above, samples }: Evidence,
): Throughput | undefined {
  const { rps, low, high, bound } = knee
  if (rps === null || (bound !== 'measured' && bound !== 'at-most') || above.length === 0) return undefined
  const { good, seconds } = sums(above)
  const below = calm.filter(({ rate }) => rate < rps)
  const goodAtKnee = rps * (1 - baselineShare)
  return {
    c: rps,
    low: low ?? 0,
    high: high ?? rps,
    idc: dispersionOf(
      above.map(level => level.good),
      above.map(level => (good / seconds) * level.seconds),
    ).idc,
    plateau: above,
    collapse: collapses(flags) ? above[0] : undefined,
    burstAbsorbed: isLimited({ above, below, goodAtKnee, isSigned: limiterHeader(samples) !== undefined }),
  }
}
