import { formatTarget, isClosed } from '../plan/plan.ts'
import { meanOf } from '../statistics/location-shift.ts'
import type { Checked, Problem } from '../units/problem.ts'
import { chooseRates } from './choose-rates.ts'
import type { RateChoice } from './choose-rates.ts'
import type { Comparison, Design, RunSummary, Side } from './comparison.ts'
import { concludeComparison } from './conclude-comparison.ts'
import { estimateChange } from './estimate.ts'
import { findDifferences } from './find-differences.ts'
import { judgeMetrics } from './judge-metrics.ts'
import type { Estimated } from './judge-metrics.ts'
import { leftOutRuns, whyMissing } from './left-out-runs.ts'
import { mergeCurves, topOf } from './load-curve.ts'
import { marginOf } from './margins.ts'
import type { Margins } from './margins.ts'
import { capacityMetrics, loadMetrics } from './metric.ts'
import { notesOn } from './notes.ts'
import { pairRuns } from './pair-runs.ts'
import { describeDifference, findMisuse } from './refusals.ts'
import type { RunFigures } from './run-figures.ts'
import { samplesOf } from './samples.ts'
import type { Samples } from './samples.ts'

export interface CompareOptions {
  /** The n-th run of one side belongs to the n-th of the other. */
  readonly asPaired: boolean
  /** The runs were made in pairs for this, and judged after so many of them, the last time now. */
  readonly looksAfter?: readonly number[]
  readonly margins: Margins
  /** α of each side of an interval; a look of a sequential comparison spends less. */
  readonly perSide: number
  /** Go on where environments or scenarios differ, and tell what differs. */
  readonly force: boolean
}

/**
 * Two sides of runs, judged. Pairs may arrive one after the other: `figuresOfRun` is the work that each run takes once, this is
 * quick and may be asked again after every pair. Refused, with every reason, where the sides cannot be compared.
 */
export function compareRuns(
  base: readonly RunFigures[],
  candidate: readonly RunFigures[],
  options: CompareOptions,
): Checked<Comparison> {
  const differences = findDifferences(base, candidate)
  const problems: readonly Problem[] = [
    ...findMisuse(base, candidate, options.asPaired),
    ...(options.force ? [] : differences.map(describeDifference)),
  ]
  if (problems.length > 0) return { ok: false, problems }
  const design = pairRuns({
    base,
    candidate,
    asPaired: options.asPaired,
    isMade: options.looksAfter !== undefined,
  })
  const sides = [sideOf(base), sideOf(candidate)] as const
  const { estimated, missing, rates } = estimateAll(base, candidate, design, sides[0].kneeRps, options)
  const metrics = judgeMetrics(estimated, options.perSide)
  const top = topOf([...base, ...candidate].map(({ curve }) => curve)) || 1
  const curve = (runs: readonly RunFigures[]): Comparison['curves']['base'] =>
    mergeCurves(
      runs.filter(({ findings }) => findings.trust.ok).map(run => run.curve),
      top,
    )
  const comparison = {
    schema: 'plimsoll/comparison@1' as const,
    confidence: 1 - 2 * options.perSide,
    design,
    base: sides[0],
    candidate: sides[1],
    differences,
    notes: notesOn(base, candidate, design, options.looksAfter),
    leftOut: leftOutRuns(base, candidate, metrics),
    primary: metrics.find(({ primary }) => primary)?.id ?? null,
    rates,
    metrics,
    missing,
    curves: { base: curve(base), candidate: curve(candidate) },
  }
  return { ok: true, value: { ...comparison, ...concludeComparison(comparison) } }
}

interface Estimates {
  readonly estimated: readonly Estimated[]
  readonly missing: Comparison['missing']
  readonly rates: Comparison['rates']
}

function estimateAll(
  base: readonly RunFigures[],
  candidate: readonly RunFigures[],
  design: Design,
  kneeRps: number | null,
  { margins, perSide }: CompareOptions,
): Estimates {
  const trusted = [base, candidate].map(side => side.filter(({ findings }) => findings.trust.ok))
  const sides = [trusted[0]!, trusted[1]!] as const
  const chosen = [...base, ...candidate].every(({ result }) => isClosed(result.plan))
    ? NO_RATES
    : chooseRates(sides, kneeRps)
  const lone = sides.every(side => side.length === 1)
  const asked = [
    ...capacityMetrics([...base, ...candidate]),
    ...chosen.rates.flatMap(rate => loadMetrics(sides, rate, lone)),
  ].map(metric => {
    const samples = samplesOf(metric, base, candidate)
    const margin = marginOf(metric.margin, margins)
    const estimate = estimateChange(samples, design.pairs, { margin: margin.change, perSide })
    return { samples, margin, estimate }
  })
  const found = asked.flatMap(({ samples, margin, estimate }) =>
    estimate === undefined ? [] : [{ samples, margin, estimate }],
  )
  const primary = primaryOf(asked.map(({ samples }) => samples))
  return {
    estimated: found.map(one => ({ ...one, primary: one.samples === primary })),
    missing: [
      ...chosen.missing,
      ...asked
        .filter(({ estimate, samples }) => estimate === undefined && samples.metric.group !== 'route')
        .map(({ samples }) => ({
          id: samples.metric.id,
          label: samples.metric.label,
          because: whyMissing(samples),
        })),
    ],
    rates: chosen.rates,
  }
}

const NO_RATES: RateChoice = {
  rates: [],
  missing: [
    {
      id: 'load',
      label: 'latency and errors at equal rates',
      because: 'a closed model has no arrival rate: its load falls when the target is slow',
    },
  ],
}

/**
 * The metric that decides: C_slo where a latency promise was searched for, else the knee (the saturation throughput of a closed model).
 * Where no run of either side measured any of these, p95 at the highest rate that all held.
 */
function primaryOf(asked: readonly Samples[]): Samples | undefined {
  const isTold = ({ base, candidate }: Samples): boolean =>
    [...base, ...candidate].some(({ score }) => score !== undefined) ||
    base.some(({ reading }) => reading.bound === 'at-most') ||
    candidate.some(({ reading }) => reading.bound === 'at-most')
  const of = (wanted: (id: string) => boolean): Samples | undefined =>
    asked.find(samples => wanted(samples.metric.id) && isTold(samples))
  const capacity = asked.filter(({ metric }) => metric.group === 'capacity')
  return (
    of(id => id === 'slo') ??
    of(id => id === 'knee') ??
    (capacity.length === 1 ? of(id => id === 'saturation') : undefined) ??
    of(id => id === 'p95@highest' || id === 'p95@60%') ??
    capacity[0]
  )
}

function sideOf(runs: readonly RunFigures[]): Side {
  const knees = runs.flatMap(({ findings }) => {
    const { bound, rps } = findings.capacity.knee
    return findings.trust.ok && bound === 'measured' && rps !== null && rps > 0 ? [Math.log(rps)] : []
  })
  return { runs: runs.map(summaryOf), kneeRps: knees.length === 0 ? null : Math.exp(meanOf(knees)) }
}

function summaryOf({ label, result, findings }: RunFigures): RunSummary {
  const { plan, run } = result
  return {
    label,
    id: run.id,
    name: plan.name,
    target: formatTarget(plan.target),
    startedAt: run.startedAt,
    seed: plan.seed,
    trusted: findings.trust.ok,
  }
}
