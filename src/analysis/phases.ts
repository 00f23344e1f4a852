import { addCounts, meanUs, totalCount } from '../result/counts.ts'
import type { Counts } from '../result/counts.ts'
import type { ConnectionFigures, Phases } from './findings.ts'
import { quantilesMs } from './quantiles.ts'
import type { SeriesRecord, WindowRecord } from './window-record.ts'

/** Where the time of the answered requests goes, and that of opening connections, in windows that may be believed. */
export function phases(measured: readonly WindowRecord[]): Phases {
  const valid = measured.filter(({ limits }) => limits.length === 0)
  const answered = valid.flatMap(({ series }) => series).filter(({ outcome }) => outcome.kind === 'answered')
  return {
    connections: connectionFigures(valid),
    firstByteTimeMs: quantilesMs(addCounts(answered.map(({ firstByteTimes }) => firstByteTimes))),
    transferMeanMs: transferMeanMs(answered.filter(hasFirstBytes)),
  }
}

/** Of connections that opened within these windows; null where there are none, or one that does not tell of them. */
export function connectionFigures(records: readonly WindowRecord[]): ConnectionFigures | null {
  const known = records.flatMap(({ handshakes }) => (handshakes === undefined ? [] : [handshakes]))
  if (known.length === 0 || known.length < records.length) return null
  const connectTimes = addCounts(known.map(record => record.connectTimes))
  const tlsTimes = addCounts(known.map(record => record.tlsTimes))
  const opened = totalCount(connectTimes)
  const secured = totalCount(tlsTimes)
  const resumed = known.reduce((sum, record) => sum + record.resumed, 0)
  return {
    opened,
    openedRps: opened / records.reduce((sum, { seconds }) => sum + seconds, 0),
    connectTimeMs: medianAndTail(connectTimes),
    tlsTimeMs: medianAndTail(tlsTimes),
    resumedShare: secured === 0 ? null : resumed / secured,
  }
}

function medianAndTail(times: Counts): ConnectionFigures['connectTimeMs'] {
  const { p50, p99 } = quantilesMs(times)
  return { p50, p99 }
}

/** One for each of its answers: an older result has none. */
const hasFirstBytes = ({ firstByteTimes, serviceTimes }: SeriesRecord): boolean =>
  totalCount(firstByteTimes) === totalCount(serviceTimes)

/** Means, unlike percentiles, may be subtracted: both are over the same requests. */
function transferMeanMs(answered: readonly SeriesRecord[]): number | null {
  const whole = meanUs(addCounts(answered.map(({ serviceTimes }) => serviceTimes)))
  const begun = meanUs(addCounts(answered.map(({ firstByteTimes }) => firstByteTimes)))
  if (whole === undefined || begun === undefined) return null
  return Math.max(0, whole - begun) / 1000
}
