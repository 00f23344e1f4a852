import { holm } from '../statistics/holm.ts'
import { runsForHalfWidth } from '../statistics/runs-for-half-width.ts'
import { barredClaims } from './barred-claims.ts'
import type { Barred } from './barred-claims.ts'
import { verdictOf } from './claims.ts'
import type { Claims, ComparisonVerdict, Leaning, MetricComparison, MetricMargin } from './comparison.ts'
import { middleOf } from './estimate.ts'
import type { Estimate } from './estimate.ts'
import type { Samples } from './samples.ts'
import { valueOfScore } from './score.ts'
import { explainMetric } from './explain-metric.ts'

/** A metric that could be compared, before its verdict. */
export interface Estimated {
  readonly samples: Samples
  readonly estimate: Estimate
  readonly margin: MetricMargin
  readonly primary: boolean
}

/**
 * The verdicts. The primary metric stands for itself; the others are judged together, so that one of many does not clear its margin by
 * chance: Holm's adjustment over the secondary metrics, and another over the requests of the scenario.
 */
export function judgeMetrics(all: readonly Estimated[], perSide: number): readonly MetricComparison[] {
  const adjusted = new Map<Estimated, { readonly claims: Claims; readonly family: number }>()
  for (const family of families(all)) {
    const claims = family.map(({ estimate }) => estimate.claims!)
    const [regressed, improved, equivalent] = (['regressed', 'improved', 'equivalent'] as const).map(name =>
      holm(claims.map(own => own[name])),
    )
    family.forEach((one, index) =>
      adjusted.set(one, {
        claims: {
          regressed: regressed![index]!,
          improved: improved![index]!,
          equivalent: equivalent![index]!,
        },
        family: family.length,
      }),
    )
  }
  return all.map(one => {
    const found = adjusted.get(one)
    return conclude(one, found?.claims ?? null, found?.family ?? 1, perSide)
  })
}

function families(all: readonly Estimated[]): readonly (readonly Estimated[])[] {
  const judged = all.filter(({ estimate }) => estimate.claims !== null)
  const isRoute = ({ samples }: Estimated): boolean => samples.metric.group === 'route'
  return [
    judged.filter(({ primary }) => primary),
    judged.filter(one => !one.primary && !isRoute(one)),
    judged.filter(one => !one.primary && isRoute(one)),
  ]
}

function conclude(
  { samples, estimate, margin, primary }: Estimated,
  adjusted: Claims | null,
  family: number,
  perSide: number,
): MetricComparison {
  const { metric } = samples
  const { id, label, group, unit, scale, worse, route } = metric
  const barred = barredClaims(samples)
  const claimed = adjusted === null ? 'inconclusive' : verdictOf(adjusted, perSide)
  const verdict: ComparisonVerdict = barred[claimed] === undefined ? claimed : 'inconclusive'
  const [base, candidate] = [middleOf(samples.base), middleOf(samples.candidate)]
  const { spread: _spread, ...shown } = estimate
  const concluded = {
    id,
    label,
    margin,
    group,
    unit,
    scale,
    worse,
    primary,
    route,
    base: samples.base.map(({ reading }) => reading),
    candidate: samples.candidate.map(({ reading }) => reading),
    baseValue: base === null ? null : valueOfScore(metric, base),
    candidateValue: candidate === null ? null : valueOfScore(metric, candidate),
    ...shown,
    adjusted,
    verdict,
    leaning: verdict === 'inconclusive' ? leaningOf(estimate) : null,
    pairsNeeded: verdict === 'inconclusive' ? pairsNeeded(estimate, margin, perSide / family, barred) : null,
  }
  const alone = estimate.claims === null ? 'inconclusive' : verdictOf(estimate.claims, perSide)
  const explained = { alone, family, barredBy: barred[claimed], perSide }
  return { ...concluded, because: explainMetric(concluded, explained) }
}

function leaningOf({ method, low, high }: Estimate): Leaning | null {
  if (method === 'within-run' || low === null || high === null) return null
  if (low > 0) return 'worse'
  return high < 0 ? 'better' : null
}

/** More of the same that would bring the interval wholly to one side of a margin, or between the two, if the change stays as it is. */
function pairsNeeded(
  { change, spread }: Estimate,
  margin: MetricMargin,
  perSide: number,
  barred: Barred,
): number | null {
  if (change === null || spread === null || Object.keys(barred).length > 0) return null
  const { sd, runs, dfPerRun } = spread
  const half = Math.abs(Math.abs(change) - margin.change)
  const wanted = runsForHalfWidth({ sd, half, perSide, dfPerRun })
  return wanted === undefined ? null : Math.max(1, wanted - runs)
}
