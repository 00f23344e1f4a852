import { median } from '../support/median.ts'
import type { Kind } from './family.ts'
import { isRight } from './particulars.ts'
import type { Particular } from './particulars.ts'
import type { Score } from './score.ts'

/** What is asked of the share of a family's searches that do it. */
export interface Targets {
  /** The error that counts as right. */
  readonly within: number
  readonly rightShare: number
  readonly covered: number
  readonly labels: number
  /** Share of the searches whose figure beside the knee is right. */
  readonly besides: number
  /** Median of load over plan. */
  readonly load: number
}

const COMMON = { rightShare: 0.95, covered: 0.92, labels: 0.98, besides: 0.95, load: 1.3 }

/**
 * A server that collapses or turns requests away without a queue can only be held, and a hold says yes or no: at 1 %
 * loss of M/M/8/8 the loss grows 4.9 times as fast as the rate, so ±3 % would take 39 000 requests a hold.
 */
export const TARGETS: Readonly<Record<Kind, Targets>> = {
  plateau: { within: 0.03, ...COMMON },
  collapsing: { within: 0.05, ...COMMON },
  loss: { within: 0.08, ...COMMON },
  changing: { within: 0.05, ...COMMON },
}

/** One family over all its seeds; shares 0 to 1. */
export interface Summary {
  readonly family: string
  readonly targets: Targets
  readonly searches: number
  readonly medianError: number
  readonly rightShare: number
  readonly coveredShare: number
  readonly medianSeconds: number
  readonly medianLoad: number
  readonly labelShare: number
  readonly falseOnsets: number
  /** Median of its size; null for a family without an onset. */
  readonly onsetError: number | null
  /** Null for a family without a figure beside the knee. */
  readonly besides: Besides | null
  /** What was missed, in words; empty when all targets are met. */
  readonly missed: readonly string[]
}

/** How often a figure beside the knee was right: from … to times the truth. */
export interface Besides extends Pick<Particular, 'name' | 'from' | 'to'> {
  readonly rightShare: number
}

/** A number in the last place decides nothing. */
const SLACK = 1e-9

export function summarise(scores: readonly Score[]): Summary {
  const { family, kind } = scores[0]!
  const targets = TARGETS[kind]
  const shareWhere = (holds: (score: Score) => boolean): number => scores.filter(holds).length / scores.length
  const onsets = scores.flatMap(({ onsetError }) => (onsetError === null ? [] : [sizeOf(onsetError)]))
  const found = {
    family,
    targets,
    searches: scores.length,
    medianError: median(scores.map(({ error }) => error ?? -1)),
    rightShare: shareWhere(({ error }) => error !== null && Math.abs(error) <= targets.within + SLACK),
    coveredShare: shareWhere(({ covered }) => covered),
    medianSeconds: median(scores.map(({ loadSeconds }) => loadSeconds)),
    medianLoad: median(scores.map(({ loadSeconds, plannedSeconds }) => loadSeconds / plannedSeconds)),
    labelShare: shareWhere(({ labelRight }) => labelRight),
    falseOnsets: scores.filter(({ falseOnset }) => falseOnset).length,
    onsetError: onsets.length === 0 ? null : median(onsets),
    besides: besidesOf(scores),
  }
  return { ...found, missed: missedBy(found) }
}

/** An onset that was not found is as wrong as can be. */
const sizeOf = (error: number): number => (Number.isNaN(error) ? 1 : Math.abs(error))

function besidesOf(scores: readonly Score[]): Besides | null {
  const particulars = scores.flatMap(({ particular }) => (particular === null ? [] : [particular]))
  const [first] = particulars
  if (first === undefined) return null
  const { name, from, to } = first
  return { name, from, to, rightShare: particulars.filter(isRight).length / particulars.length }
}

function missedBy(found: Omit<Summary, 'missed'>): string[] {
  const { targets } = found
  return [
    ...(found.rightShare < targets.rightShare - SLACK ? ['error'] : []),
    ...(found.coveredShare < targets.covered - SLACK ? ['coverage'] : []),
    ...(found.medianLoad > targets.load + SLACK ? ['load'] : []),
    ...(found.labelShare < targets.labels - SLACK ? ['label'] : []),
    ...(found.falseOnsets > 0 ? ['false onset'] : []),
    ...(found.besides !== null && found.besides.rightShare < targets.besides - SLACK
      ? [found.besides.name]
      : []),
  ]
}
