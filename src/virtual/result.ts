import { readWindows } from '../analysis/window-record.ts'
import type { SeriesRecord, WindowRecord } from '../analysis/window-record.ts'
import type { Plan } from '../plan/plan.ts'
import { combineParts } from '../recording/combine-parts.ts'
import type { SeriesPart, WindowPart } from '../recording/window-part.ts'
import { NO_COUNTS } from '../result/counts.ts'
import type { Result, RunFacts } from '../result/result.ts'
import type { VirtualLoad } from './load.ts'

/** Of the whole process, in cores. */
const CPU = 0.4

const RUN: RunFacts = {
  id: 'virtual-time',
  toolVersion: '0.0.0',
  startedAt: '2026-01-01T00:00:00.000Z',
  endedAt: '2026-01-01T00:00:00.000Z',
  workers: 1,
  connectedTo: '127.0.0.1:80',
  scenario: { file: null, digest: '', text: null },
  machine: { platform: 'virtual', arch: 'virtual', cpuModel: 'virtual', cpus: 1, memoryBytes: 0, node: '' },
}

/** A RESULT and its windows as the analysis reads them. */
export interface Evidence {
  readonly result: Result
  readonly records: readonly WindowRecord[]
}

/** The RESULT of a finished load, complete to its histograms. */
export function encodedResult(load: VirtualLoad, plan: Plan): Result {
  return resultOf(load, plan, load.parts, {})
}

/**
 * The same for the analysis alone: encoding histograms into text and decoding them again would take longer than
 * everything else together, so the counts go straight into the records.
 */
export function evidenceOf(load: VirtualLoad, plan: Plan, facts: Partial<RunFacts> = {}): Evidence {
  const result = resultOf(load, plan, load.parts.map(withoutCounts), facts)
  const records = readWindows(result).map((record, index) => withCounts(record, load.parts[index]!))
  return { result, records }
}

function resultOf(
  load: VirtualLoad,
  plan: Plan,
  parts: readonly WindowPart[],
  facts: Partial<RunFacts>,
): Result {
  return {
    schema: 'plimsoll/result@1',
    plan,
    run: { ...RUN, ...facts },
    ended: { how: 'completed' },
    windows: parts.map(part => combineParts([part], load.spans[part.index]!, CPU)),
    drain: load.drain,
    samples: load.samples,
  }
}

const withoutCounts = (part: WindowPart): WindowPart => ({
  ...part,
  series: part.series.map(series => ({
    ...series,
    response: NO_COUNTS,
    service: NO_COUNTS,
    firstByte: NO_COUNTS,
  })),
  health: { ...part.health, lateness: NO_COUNTS },
  handshakes: { ...part.handshakes, connect: NO_COUNTS, tls: NO_COUNTS },
})

/** `combineParts` sorts the series by request and outcome code. */
function withCounts(record: WindowRecord, part: WindowPart): WindowRecord {
  const series = part.series.toSorted((a, b) => a.request - b.request || a.code - b.code)
  return {
    ...record,
    series: record.series.map((one, index) => seriesWithCounts(one, series[index]!)),
    lateness: part.health.lateness,
    handshakes: {
      connectTimes: part.handshakes.connect,
      tlsTimes: part.handshakes.tls,
      resumed: part.handshakes.resumed,
    },
  }
}

const seriesWithCounts = (series: SeriesRecord, part: SeriesPart): SeriesRecord => ({
  ...series,
  responseTimes: part.response,
  serviceTimes: part.service,
  firstByteTimes: part.firstByte,
})
