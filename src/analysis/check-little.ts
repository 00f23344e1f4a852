import { meanUs, quantileUs } from '../result/counts.ts'
import { largest, smallest } from '../statistics/extremes.ts'
import { formatRate, formatShare } from '../units/format.ts'
import { byStage } from './by-stage.ts'
import { answerTimes } from './window-record.ts'
import type { WindowRecord } from './window-record.ts'

const LITTLE = 0.02
const STEADY_WINDOWS = 5

/**
 * L = λW must hold for any system (Little, 1961), so a gap is a fault of the bookkeeping. Judged for constant stages in
 * which nothing grows or drains; what is in flight at their edges belongs to a neighbour and widens the tolerance.
 */
export function checkLittle(records: readonly WindowRecord[]): readonly string[] {
  const measured = records.filter(({ stage }) => !stage.warmup)
  return [...byStage(measured, ({ window }) => window.stage).values()].flatMap(own => {
    const { stage } = own[0]!
    if (stage.from !== stage.to) return []
    const means = own.map(({ window }) => window.inFlight.mean)
    if (own.length < STEADY_WINDOWS || largest(means) > 2 * smallest(means) + 2) return []
    let resident = 0
    let spent = 0
    for (const { window, series, seconds } of own) {
      resident += window.inFlight.mean * seconds
      for (const { responseTimes, count } of series) spent += ((meanUs(responseTimes) ?? 0) / 1e6) * count
    }
    const longest = largest(own.map(({ series }) => (quantileUs(answerTimes(series), 1) ?? 0) / 1e6))
    const before = records[records.indexOf(own[0]!) - 1]
    const atEdges = [...own, ...(before === undefined ? [] : [before])].map(
      ({ window }) => window.inFlight.atEnd,
    )
    const edges = largest(atEdges) * longest
    const gap = Math.abs(resident - spent)
    if (gap <= LITTLE * spent + edges) return []
    const where = `in stage "${stage.name}" (${formatRate(stage.from)})`
    return [
      `${where} requests in flight and response times differ by ${formatShare(gap / spent)} (Little's law)`,
    ]
  })
}
