import type { Findings, RateEstimate } from '../../src/analysis/findings.ts'
import type { OnsetStatus } from '../../src/plan/promise-clause.ts'
import type { LabTruth } from '../../src/lab/lab-entry.ts'
import type { SearchGoal } from '../../src/plan/search-goal.ts'
import { plannedSeconds } from '../../src/search/plan-search.ts'
import type { SearchConclusion, SearchFlag } from '../../src/result/search-record.ts'
import { soughtRate, truthOf } from './family.ts'
import type { Kind } from './family.ts'
import { particularOf } from './particulars.ts'
import type { Particular } from './particulars.ts'
import type { Trial } from './trial.ts'

/** One search against the truth. Errors are shares of the true value. */
export interface Score {
  readonly family: string
  readonly kind: Kind
  readonly seed: number
  readonly trueRps: number
  readonly rps: number | null
  readonly low: number | null
  readonly high: number | null
  /** Null where no number was given. */
  readonly error: number | null
  readonly covered: boolean
  readonly loadSeconds: number
  /** What the search plans for a target of the true rate. */
  readonly plannedSeconds: number
  readonly cause: string
  readonly labelRight: boolean
  /** An onset that load has nothing to do with was claimed to be its doing. */
  readonly falseOnset: boolean
  /** Null where there is none; NaN where there is one and it was not found. */
  readonly onsetError: number | null
  /** A figure beside the knee, where the family has one. */
  readonly particular: Particular | null
  readonly mode: string | null
  readonly flags: readonly SearchFlag[]
  readonly trusted: boolean
}

const STATUSES: readonly Exclude<OnsetStatus, 'any'>[] = ['502', '503', '504']

/** What was sought, and what was found: of a search in virtual time or out of a report. */
export interface Searched {
  readonly trial: Pick<Trial, 'family' | 'values'>
  readonly goal: Pick<SearchGoal, 'precision'>
  readonly conclusion: SearchConclusion
  readonly findings: Pick<
    Findings,
    'capacity' | 'causes' | 'onset' | 'recovery' | 'search' | 'trust' | 'windows'
  >
}

export function score(searched: Searched, seed: number): Score {
  const { trial, goal, conclusion, findings } = searched
  const { family, values } = trial
  const truth = truthOf(family, values, conclusion.holdSeconds)
  const trueRps = soughtRate(truth, family)
  const { rps, low, high } = estimateOf(searched)
  const cause = findings.causes[0]!.cause
  const hasOnset = STATUSES.some(status => truth.onsetPerSecond[status] !== null)
  return {
    family: family.name,
    kind: family.kind,
    seed,
    trueRps,
    rps,
    low,
    high,
    error: rps === null ? null : rps / trueRps - 1,
    covered: low !== null && high !== null && low <= trueRps && trueRps <= high,
    loadSeconds: conclusion.loadSeconds,
    plannedSeconds: plannedSeconds(goal, trueRps),
    cause,
    labelRight: cause === causeOf(truth.cause, searched) && isChangeNamed(searched),
    falseOnset: !hasOnset && Object.values(findings.onset).some(onset => onset?.loadRelated === true),
    onsetError: hasOnset ? onsetError(searched, truth.onsetPerSecond) : null,
    particular: particularOf(family.name, values, findings),
    mode: conclusion.mode,
    flags: conclusion.flags,
    trusted: findings.trust.ok,
  }
}

type Estimate = Pick<RateEstimate, 'rps' | 'low' | 'high'>

const NOTHING: Estimate = { rps: null, low: null, high: null }

/** What the report prints. */
function estimateOf({ trial, findings }: Searched): Estimate {
  const { knee, slo } = findings.capacity
  return trial.family.slowAfter === undefined ? knee : (slo ?? NOTHING)
}

/** Where nothing fails by itself, the load's own deadline makes requests fail that wait longer than it allows. */
const causeOf = (known: LabTruth['cause'], { findings }: Searched): LabTruth['cause'] =>
  known === 'none' && findings.windows.some(({ failures }) => (failures['timed-out'] ?? 0) > 0)
    ? 'overload'
    : known

/** Capacity that changes while it is measured is no single number, and the search has to say so. */
const isChangeNamed = ({ trial, conclusion }: Searched): boolean =>
  trial.family.kind !== 'changing' || conclusion.flags.includes('capacity-changed')

/** The largest of all statuses that have an onset. */
function onsetError(
  { findings }: Searched,
  known: Readonly<Record<'502' | '503' | '504', number | null>>,
): number {
  const errors = STATUSES.flatMap(status => {
    const onset = findings.onset[status]
    const expected = known[status]
    if (expected === null) return []
    return onset === null || !onset.loadRelated ? [Number.NaN] : [onset.rps / expected - 1]
  })
  return errors.reduce((worst, error) =>
    Math.abs(error) > Math.abs(worst) || Number.isNaN(error) ? error : worst,
  )
}
