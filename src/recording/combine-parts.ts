import { nanoseconds } from '../units/quantity.ts'
import { addCounts } from '../result/counts.ts'
import { encodeHistogram } from '../result/histogram.ts'
import { outcomeOf } from '../result/outcome.ts'
import type { IntervalWindow, OutcomeSeries } from '../result/result.ts'
import type { SeriesPart, WindowPart } from './window-part.ts'

/**
 * The RESULT's window out of what each worker saw of it. Counts and histograms add exactly, so the outcome is, bit
 * for bit, what a single worker would have recorded; of the workers' health the worst is kept.
 */
export function combineParts(
  parts: readonly WindowPart[],
  span: Pick<IntervalWindow, 'stage' | 'from'>,
  cpuCores: number,
): IntervalWindow {
  const series = combineSeries(parts.flatMap(part => part.series))
  const sum = (of: (part: WindowPart) => number): number => parts.reduce((total, part) => total + of(part), 0)
  const worst = (of: (part: WindowPart) => number): number => Math.max(0, ...parts.map(of))
  return {
    stage: span.stage,
    from: span.from,
    to: nanoseconds(worst(part => part.to)),
    offered: series.reduce((total, { count }) => total + count, 0),
    sent: sum(part => part.sent),
    series,
    flow: {
      answered: sum(part => part.flow.answered),
      good: sum(part => part.flow.good),
      ended: sum(part => part.flow.ended),
    },
    inFlight: { mean: sum(part => part.inFlight.mean), atEnd: sum(part => part.inFlight.atEnd) },
    generator: {
      latenessUs: encodeHistogram(addCounts(parts.map(part => part.health.lateness))),
      utilisation: worst(part => part.health.utilisation),
      longestStallMs: worst(part => part.health.longestStallMs),
      garbageCollectionMs: worst(part => part.health.garbageCollectionMs),
      cpuCores,
      connectionsOpened: sum(part => part.health.connectionsOpened),
      connectionsOpen: sum(part => part.health.connectionsOpen),
    },
    handshakes: {
      connectTimesUs: encodeHistogram(addCounts(parts.map(part => part.handshakes.connect))),
      tlsTimesUs: encodeHistogram(addCounts(parts.map(part => part.handshakes.tls))),
      resumed: sum(part => part.handshakes.resumed),
    },
  }
}

function combineSeries(parts: readonly SeriesPart[]): OutcomeSeries[] {
  const groups = new Map<number, SeriesPart[]>()
  for (const part of parts) {
    const key = part.request * 1000 + part.code
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [part])
    else group.push(part)
  }
  return [...groups.entries()].sort(([a], [b]) => a - b).map(([, group]) => combineGroup(group))
}

function combineGroup(group: readonly SeriesPart[]): OutcomeSeries {
  const { request, code } = group[0]!
  return {
    request,
    outcome: outcomeOf(code),
    count: group.reduce((sum, { count }) => sum + count, 0),
    firstAt: nanoseconds(Math.min(...group.map(({ firstAt }) => firstAt))),
    bytesRead: group.reduce((sum, { bytesRead }) => sum + bytesRead, 0),
    responseTimesUs: encodeHistogram(addCounts(group.map(({ response }) => response))),
    serviceTimesUs: encodeHistogram(addCounts(group.map(({ service }) => service))),
    firstByteTimesUs: encodeHistogram(addCounts(group.map(({ firstByte }) => firstByte))),
  }
}
