import { isGatewayStatus } from './gateway-status.ts'
import type { OnsetStatus } from '../plan/promise-clause.ts'
import type { Result } from '../result/result.ts'
import type { RatePerSecond } from '../units/quantity.ts'
import { describeCapacity, withoutKnee } from './capacity.ts'
import { diagnose } from './diagnose.ts'
import { stageFigures, windowFigures } from './figures.ts'
import type { Findings, Onset } from './findings.ts'
import { generatorFigures } from './generator-figures.ts'
import { readKnee } from './knee.ts'
import { risingLevels } from './levels.ts'
import { findOnset } from './onset.ts'
import type { OnsetEvidence } from './onset.ts'
import { findRecovery } from './recovery.ts'
import { routeFigures } from './route-figures.ts'
import { size } from './sizing.ts'
import { judgeTrust } from './trust.ts'
import { readWindows } from './window-record.ts'

export interface AnalysisOptions {
  /** Peak arrival rate to size for. */
  readonly peak?: RatePerSecond
  /** Backends behind the target while it was measured; 1 unless given. */
  readonly backends?: number
  /** Share of the knee to plan for at most; 0.7 unless given. */
  readonly headroom?: number
}

/** Everything that a RESULT lets one conclude. The same result gives the same findings, always. */
export function analyse(
  result: Result,
  { peak, backends = 1, headroom = 0.7 }: AnalysisOptions = {},
): Findings {
  const { plan } = result
  const records = readWindows(result)
  const measured = records.filter(({ stage }) => !stage.warmup)
  const rising = risingLevels(records)
  const reading = readKnee(plan, rising)
  const trust = judgeTrust(result, records, reading)
  const described = describeCapacity(records, reading)
  const capacity = trust.ok ? described : withoutKnee(described, trust.reasons)
  const evidence: OnsetEvidence = { plan, measured, rising, knee: reading }
  const onset = onsets(evidence)
  const routes = routeFigures(evidence)
  const recovery = trust.ok ? findRecovery(measured, reading) : null
  return {
    trust,
    capacity,
    onset,
    recovery,
    causes: diagnose({ result, measured, rising, reading, capacity, trust, onset, routes, recovery }),
    stages: stageFigures(records),
    windows: records.map(windowFigures),
    routes,
    sizing: size(capacity, { backends, headroom, ...(peak === undefined ? {} : { peak }) }),
    generator: generatorFigures(result.run.workers, measured),
  }
}

function onsets(evidence: OnsetEvidence): Readonly<Record<OnsetStatus, Onset | null>> {
  const of = (accepts: (status: number) => boolean): Onset | null =>
    findOnset(evidence, ({ outcome }) => outcome.kind === 'answered' && accepts(outcome.status))
  return {
    502: of(status => status === 502),
    503: of(status => status === 503),
    504: of(status => status === 504),
    any: of(isGatewayStatus),
  }
}
