import { addCounts, totalCount } from '../../result/counts.ts'
import { formatDuration } from '../../units/format.ts'
import { latencyModeUs } from '../latency-mode.ts'
import { isError } from '../window-record.ts'
import type { Case, Rule } from './rule.ts'

const ENOUGH = 20

export const timeoutLadder: Rule = {
  cause: 'timeout-ladder',
  asks: 'Do failing requests end after one and the same time, as a timeout makes them?',
  judge(of) {
    const failing = of.measured.flatMap(({ series }) => series).filter(isError)
    const times = addCounts(failing.map(({ responseTimes }) => responseTimes))
    const mode = latencyModeUs(times)
    if (mode === undefined || totalCount(times) < ENOUGH) return undefined
    const after = formatDuration(mode * 1e3)
    const own = failing.every(({ outcome }) => outcome.kind === 'timed-out')
    return {
      certainty: 0.85,
      claim: own
        ? `Failing requests end at the deadline of ${after} that the scenario sets.`
        : `Failing requests end after ${after}: a timeout of that length between gateway and backend.`,
      evidence: [
        `${totalCount(times)} failing requests, at least 70 % of them around ${after}`,
        ...backlog(of),
      ],
      next: own
        ? 'compare the deadline with the timeouts of the gateway: the shortest one decides what users see'
        : `look for a timeout of ${after} in the gateway's settings; a longer one only delays the errors`,
    }
  },
}

function backlog({ onset }: Case): string[] {
  const related = onset['504'] ?? onset.any
  return related?.loadRelated === true ? [related.because] : []
}
