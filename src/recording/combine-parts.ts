import { nanoseconds } from '../units/quantity.ts'
import { addCounts } from '../result/counts.ts'
import type { Counts } from '../result/counts.ts'
import { encodeHistogram } from '../result/histogram.ts'
import type { EncodedHistogram } from '../result/histogram.ts'
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
  const steps = combineInSteps(parts, span, cpuCores)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** The same, a histogram at a time: one takes up to half a millisecond. */
export function* combineInSteps(
  parts: readonly WindowPart[],
  span: Pick<IntervalWindow, 'stage' | 'from'>,
  cpuCores: number,
): Generator<undefined, IntervalWindow, undefined> {
  const series = yield* combineSeries(parts.flatMap(part => part.series))
  const latenessUs = yield* encode(parts.map(part => part.health.lateness))
  const connectTimesUs = yield* encode(parts.map(part => part.handshakes.connect))
  const tlsTimesUs = yield* encode(parts.map(part => part.handshakes.tls))
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
      latenessUs,
      utilisation: worst(part => part.health.utilisation),
      longestStallMs: worst(part => part.health.longestStallMs),
      garbageCollectionMs: worst(part => part.health.garbageCollectionMs),
      cpuCores,
      connectionsOpened: sum(part => part.health.connectionsOpened),
      connectionsOpen: sum(part => part.health.connectionsOpen),
    },
    handshakes: {
      connectTimesUs,
      tlsTimesUs,
      resumed: sum(part => part.handshakes.resumed),
    },
  }
}

function* encode(parts: readonly Counts[]): Generator<undefined, EncodedHistogram, undefined> {
  const encoded = encodeHistogram(addCounts(parts))
  if (encoded !== '') yield
  return encoded
}

function* combineSeries(parts: readonly SeriesPart[]): Generator<undefined, OutcomeSeries[], undefined> {
  const groups = new Map<number, SeriesPart[]>()
  for (const part of parts) {
    const key = part.request * 1000 + part.code
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [part])
    else group.push(part)
  }
  const series: OutcomeSeries[] = []
  for (const [, group] of [...groups.entries()].sort(([a], [b]) => a - b))
    series.push(yield* combineGroup(group))
  return series
}

function* combineGroup(group: readonly SeriesPart[]): Generator<undefined, OutcomeSeries, undefined> {
  const { request, code } = group[0]!
  return {
    request,
    outcome: outcomeOf(code),
    count: group.reduce((sum, { count }) => sum + count, 0),
    firstAt: nanoseconds(Math.min(...group.map(({ firstAt }) => firstAt))),
    bytesRead: group.reduce((sum, { bytesRead }) => sum + bytesRead, 0),
    responseTimesUs: yield* encode(group.map(({ response }) => response)),
    serviceTimesUs: yield* encode(group.map(({ service }) => service)),
    firstByteTimesUs: yield* encode(group.map(({ firstByte }) => firstByte)),
  }
}
