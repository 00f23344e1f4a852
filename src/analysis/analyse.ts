import { isClosed } from '../plan/plan.ts'
import type { Result } from '../result/result.ts'
import type { RatePerSecond } from '../units/quantity.ts'
import { describeCapacity, withoutKnee } from './capacity.ts'
import { closedCapacity } from './closed-capacity.ts'
import { closedOnset } from './closed-onset.ts'
import { diagnose } from './diagnose.ts'
import { stageFigures, windowFigures } from './figures.ts'
import type { Capacity, Findings, Sizing } from './findings.ts'
import { generatorFigures } from './generator-figures.ts'
import { readKnee } from './knee.ts'
import { risingLevels } from './levels.ts'
import { findOnset } from './onset.ts'
import type { OnsetEvidence } from './onset-evidence.ts'
import { phases } from './phases.ts'
import { findRecovery } from './recovery.ts'
import { routeFigures } from './route-figures.ts'
import { probeSaturation } from './saturation-probe.ts'
import { analyseSearch } from './search/analyse-search.ts'
import type { SearchReading } from './search/analyse-search.ts'
import { findSearchOnset } from './search/search-onset.ts'
import { size } from './sizing.ts'
import { statusOnsets } from './status-onsets.ts'
import { judgeClosedTrust, judgeTrust } from './trust.ts'
import { isError, readWindows } from './window-record.ts'
import type { WindowRecord } from './window-record.ts'

export interface AnalysisOptions {
  /** Peak arrival rate to size for. */
  readonly peak?: RatePerSecond
  /** Backends behind the target while it was measured; 1 unless given. */
  readonly backends?: number
  /** Share of the knee to plan for at most; 0.7 unless given. */
  readonly headroom?: number
}

/**
 * Everything that a RESULT lets one conclude. The same result gives the same findings, always. `records` are its
 * windows, for those who have read them already: decoding histograms takes half of the time.
 */
export function analyse(
  result: Result,
  options: AnalysisOptions = {},
  records: readonly WindowRecord[] = readWindows(result),
): Findings {
  return isClosed(result.plan)
    ? analyseClosed(result, records, options)
    : analyseOpen(result, records, options)
}

function analyseOpen(result: Result, records: readonly WindowRecord[], options: AnalysisOptions): Findings {
  const { search } = result
  const reading =
    search === undefined ? analyseStages(result, records) : analyseSearch(result, search, records)
  const { trust, capacity, recovery, evidence } = reading
  const { measured, rising, knee } = evidence
  const onsetOf = search === undefined ? findOnset : findSearchOnset
  const onset = statusOnsets(evidence, onsetOf)
  const routes = routeFigures(evidence, onsetOf)
  return {
    trust,
    capacity,
    onset,
    recovery,
    causes: diagnose({
      result,
      measured,
      rising,
      reading: knee,
      capacity,
      trust,
      onset,
      errorOnset: onsetOf(evidence, isError),
      routes,
      recovery,
    }),
    stages: stageFigures(records),
    windows: records.map(windowFigures),
    routes,
    phases: phases(measured),
    sizing: sizeBy(capacity, options),
    generator: generatorFigures(result.run, measured),
    saturation: null,
    search: reading.search,
  }
}

/** The knee of a profile that was given, from the part of it that rises. */
function analyseStages(
  result: Result,
  records: readonly WindowRecord[],
): Omit<SearchReading, 'search'> & { readonly search: null } {
  const { plan } = result
  const measured = records.filter(({ stage }) => !stage.warmup)
  const rising = risingLevels(records)
  const knee = readKnee(plan, rising)
  const trust = judgeTrust(result, records, knee)
  const described = describeCapacity(records, knee)
  return {
    trust,
    capacity: trust.ok ? described : withoutKnee(described, trust.reasons),
    recovery: trust.ok ? findRecovery(measured, knee) : null,
    search: null,
    evidence: { plan, measured, rising, knee },
  }
}

/** Throughput by connections, and what was answered; no knee, onset or size can be read from a closed model. */
function analyseClosed(result: Result, records: readonly WindowRecord[], options: AnalysisOptions): Findings {
  const { plan } = result
  const measured = records.filter(({ stage }) => !stage.warmup)
  const trust = judgeClosedTrust(result, records)
  const saturation = probeSaturation(records)
  const described = closedCapacity(saturation)
  const capacity = trust.ok ? described : { ...described, limitedBy: null, saturation: null }
  const evidence: OnsetEvidence = { plan, measured, rising: [], knee: readKnee(plan, []) }
  return {
    trust,
    capacity,
    onset: statusOnsets(evidence, closedOnset),
    recovery: null,
    causes: [],
    stages: stageFigures(records),
    windows: records.map(windowFigures),
    routes: routeFigures(evidence, closedOnset),
    phases: phases(measured),
    sizing: sizeBy(capacity, options),
    generator: generatorFigures(result.run, measured),
    saturation,
    search: null,
  }
}

function sizeBy(capacity: Capacity, { peak, backends = 1, headroom = 0.7 }: AnalysisOptions): Sizing {
  return size(capacity, { backends, headroom, ...(peak === undefined ? {} : { peak }) })
}
