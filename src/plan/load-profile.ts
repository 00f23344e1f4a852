import type { Plan, Stage } from './plan.ts'
import type { Nanoseconds } from '../units/quantity.ts'

/** Arrivals that the stage intends: the area under its rate. */
export function arrivalsOf({ from, to, for: duration }: Stage): number {
  return ((from + to) / 2) * (duration / 1e9)
}

/** The highest rate that the plan asks for, warm-up included, in 1/s. */
export const topRate = ({ stages }: Pick<Plan, 'stages'>): number =>
  Math.max(...stages.flatMap(({ from, to }) => [from, to]))

/** Mean offered rate between two instants of the trial, in 1/s; the trial is zero outside its stages. */
export function meanRateBetween(plan: Pick<Plan, 'stages'>, from: Nanoseconds, to: Nanoseconds): number {
  let start = 0
  let arrivals = 0
  for (const stage of plan.stages) {
    const a = Math.max(from, start)
    const b = Math.min(to, start + stage.for)
    if (b > a) arrivals += ((rateAt(stage, a - start) + rateAt(stage, b - start)) / 2) * ((b - a) / 1e9)
    start += stage.for
  }
  return to > from ? arrivals / ((to - from) / 1e9) : 0
}

function rateAt(stage: Stage, offset: number): number {
  return stage.from + (stage.to - stage.from) * (offset / stage.for)
}
