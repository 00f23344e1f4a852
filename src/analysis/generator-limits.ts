import type { Counts } from '../result/counts.ts'
import {
  OF_CEILING,
  exceededClosedLimits,
  exceededLimits,
  exceedsCeiling,
} from '../result/exceeded-limits.ts'
import type { ExceededLimit } from '../result/exceeded-limits.ts'
import type { NeverSentReason } from '../result/outcome.ts'
import type { Calibration, IntervalWindow } from '../result/result.ts'
import { formatDuration, formatRate, formatShare } from '../units/format.ts'
import type { ClientResource } from './client-resource.ts'

/** Why this window says more about the generator than about the target, as words; empty when it may be believed. */
export function generatorLimits(
  window: IntervalWindow,
  lateness: Counts,
  p50Us: number | undefined,
  lacking: ClientResource,
): readonly string[] {
  const milliseconds = (window.to - window.from) / 1e6
  const exceeded = exceededLimits({ ...unsentIn(window), ...window.generator, milliseconds, lateness, p50Us })
  return exceeded.map(each => wordLimit(each, lacking))
}

/** The same for a closed model. */
export function closedLoopLimits(window: IntervalWindow, lacking: ClientResource): readonly string[] {
  const exceeded = exceededClosedLimits({ ...unsentIn(window), ...window.generator })
  return exceeded.map(each => wordLimit(each, lacking))
}

/** The same by what was measured before the run: `rate` in 1/s, against what the generator makes at most. */
export function ceilingLimits(rate: number, calibration: Calibration | undefined): readonly string[] {
  if (calibration === undefined || !exceedsCeiling(rate, calibration)) return []
  return [
    `${formatRate(rate)} is more than ${formatShare(OF_CEILING)} of the ${formatRate(calibration.ceilingRps)} that this generator makes at most`,
  ]
}

function unsentIn({ offered, series }: IntervalWindow): {
  readonly offered: number
  readonly behind: number
  readonly lacking: number
} {
  return {
    offered,
    behind: unsent(series, 'generator-behind'),
    lacking: unsent(series, 'client-resources'),
  }
}

const unsent = (series: IntervalWindow['series'], reason: NeverSentReason): number =>
  series.reduce(
    (sum, { outcome, count }) =>
      outcome.kind === 'never-sent' && outcome.reason === reason ? sum + count : sum,
    0,
  )

function wordLimit(exceeded: ExceededLimit, lacking: ClientResource): string {
  switch (exceeded.limit) {
    case 'lateness':
      return `${exceeded.requests} requests left more than ${formatDuration(exceeded.moreThanUs * 1e3)} late`
    case 'behind':
      return `${exceeded.requests} requests could not be sent in time`
    case 'resources':
      return `${exceeded.requests} requests found no ${lacking.name}`
    case 'utilisation':
      return `a worker was busy for ${formatShare(exceeded.share)} of the time`
    case 'stall':
      return `a worker stood still for ${formatDuration(exceeded.milliseconds * 1e6)}`
    case 'garbage-collection':
      return `garbage collection took ${formatDuration(exceeded.milliseconds * 1e6)}`
    default:
      return exceeded satisfies never
  }
}
