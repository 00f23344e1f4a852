import { formatRate } from '../units/format.ts'
import type { Onset } from './findings.ts'
import type { Accepts, OnsetEvidence } from './onset-evidence.ts'
import { countWhere } from './window-record.ts'

/**
 * Where something was first seen in a closed model: with how many connections. The rates are those of the answers in
 * that window. Nothing is claimed about the load: what is offered there follows from what the target answers, so that
 * a share which rises with the connections may come from them as well as from the rate.
 */
export function closedOnset(
  { measured }: Pick<OnsetEvidence, 'measured'>,
  accepts: Accepts,
  among: Accepts = () => true,
): Onset | null {
  const hits = measured.flatMap(record => {
    const series = record.series.filter(one => among(one) && accepts(one))
    return series.length === 0 ? [] : [{ record, series }]
  })
  const first = hits[0]
  if (first === undefined) return null
  const { window, seconds, stage } = first.record
  const rps = window.flow.answered / seconds
  const count = countWhere(
    hits.flatMap(({ series }) => series),
    () => true,
  )
  const { connections = 0 } = stage
  return {
    rps,
    low: null,
    high: null,
    confidence: 0.95,
    atSeconds: Math.min(...first.series.map(({ firstAt }) => firstAt)) / 1e9,
    loadRelated: false,
    undecided: true,
    firstSeenRps: rps,
    count,
    share:
      count /
      countWhere(
        measured.flatMap(({ series }) => series),
        among,
      ),
    because: `first seen with ${connections} ${connections === 1 ? 'connection' : 'connections'}, at ${formatRate(rps)} answers; a closed model does not show at which offered rate it begins`,
  }
}
