import { figuresOf } from '../analysis/figures.ts'
import type { WindowRecord } from '../analysis/window-record.ts'
import { largest } from '../statistics/extremes.ts'
import type { CurvePoint } from './comparison.ts'
import { beforeOverload } from './steady-load.ts'

/** More points than this cannot be told apart on a screen. */
const POINTS = 60

/** The windows of a run that may be believed, by offered rate. */
export function curveOf(records: readonly WindowRecord[], kneeFloor: number | null): readonly CurvePoint[] {
  return beforeOverload(records, kneeFloor)
    .filter(({ stage, limits, cut, rate }) => !stage.warmup && limits.length === 0 && !cut && rate > 0)
    .map(record => {
      const { goodRps, responseTimeMs } = figuresOf([record])
      return { offeredRps: record.rate, goodRps, p95Ms: responseTimeMs.p95 }
    })
}

/** The curves of several runs as one: means of what lies in the same sixtieth of the axis. */
export function mergeCurves(curves: readonly (readonly CurvePoint[])[], top: number): readonly CurvePoint[] {
  const bins = new Map<number, CurvePoint[]>()
  for (const point of curves.flat()) {
    const bin = Math.min(POINTS - 1, Math.floor((point.offeredRps / top) * POINTS))
    bins.set(bin, [...(bins.get(bin) ?? []), point])
  }
  return [...bins]
    .sort(([a], [b]) => a - b)
    .map(([, points]) => ({
      offeredRps: mean(points.map(({ offeredRps }) => offeredRps)) ?? 0,
      goodRps: mean(points.map(({ goodRps }) => goodRps)) ?? 0,
      p95Ms: mean(points.flatMap(({ p95Ms }) => p95Ms ?? [])),
    }))
}

export const topOf = (curves: readonly (readonly CurvePoint[])[]): number =>
  largest(
    curves.flat().map(({ offeredRps }) => offeredRps),
    0,
  )

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
