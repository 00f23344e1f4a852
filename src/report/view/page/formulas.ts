import { quantileUs, totalCount } from '../../../result/counts.ts'
import type { Counts } from '../../../result/counts.ts'
import { formatDuration, formatNumber, formatRate, formatShare } from '../../../units/format.ts'
import { seconds } from '../../../units/quantity.ts'
import type { Report } from '../../report.ts'
import type { Fact } from '../../view.ts'
import { wordInterval } from '../estimate-wording.ts'
import { statusName } from '../gateway-statuses.ts'

const count = (value: number): string => formatNumber(value, 12)

/**
 * How the main figures come from what was counted, with the numbers of this run, so that each can be worked out again.
 *
 * @param times response times of the windows that count
 */
export function viewFormulas(report: Report, times: Counts): readonly Fact[] {
  const counted = report.windows.filter(({ valid, warmup }) => valid && !warmup)
  if (counted.length === 0) return []
  const isOpen = report.saturation === null
  return [
    ...(isOpen ? [busiest(counted)] : []),
    errorShare(counted),
    ...(isOpen ? percentile(times) : []),
    ...(report.trust.ok ? [...knee(report), ...onsets(report), ...headroom(report)] : []),
  ]
}

function busiest(counted: Report['windows']): Fact {
  const { offered, offeredRps, fromSeconds, toSeconds } = counted.reduce((a, b) =>
    b.offeredRps > a.offeredRps ? b : a,
  )
  const length = toSeconds - fromSeconds
  return {
    label: 'offered rate',
    value: `requests due / time = ${count(offered)} / ${formatDuration(seconds(length))} = ${formatRate(offeredRps)}, in the busiest window that counts`,
  }
}

function errorShare(counted: Report['windows']): Fact {
  const offered = counted.reduce((sum, window) => sum + window.offered, 0)
  const errors = counted.reduce((sum, window) => sum + window.errors, 0)
  const share = offered === 0 ? '–' : formatShare(errors / offered)
  return {
    label: 'error share',
    value: `errors / requests due = ${count(errors)} / ${count(offered)} = ${share}, over the windows that count`,
  }
}

/** The rank that `quantileUs` reads, without its allowance for rounding. */
function percentile(times: Counts): readonly Fact[] {
  const total = totalCount(times)
  const p99 = quantileUs(times, 0.99)
  if (p99 === undefined) return []
  const rank = Math.ceil(0.99 * total - 1e-9 * total)
  return [
    {
      label: 'p99',
      value: `the ⌈0.99 × N⌉-th of N response times in rising order: number ${count(rank)} of ${count(total)} = ${formatDuration(p99 * 1e3)}`,
    },
  ]
}

function knee({ capacity }: Report): readonly Fact[] {
  const { rps, low, high, confidence, bound, method } = capacity.knee
  if (bound !== 'measured' || rps === null) return []
  return [
    {
      label: 'knee C',
      value: `${formatRate(rps)}, ${wordInterval(low, high, confidence)}; found by: ${method}`,
    },
  ]
}

function onsets({ onset }: Report): readonly Fact[] {
  return (['502', '503', '504'] as const).flatMap(status => {
    const found = onset[status]
    if (found === null || found.share === 0) return []
    const offered = Math.round(found.count / found.share)
    const share = `${count(found.count)} / ${count(offered)} = ${formatShare(found.share)}`
    return [{ label: `share of ${statusName(status)}`, value: `answers ${status} / requests due = ${share}` }]
  })
}

function headroom({ capacity, sizing }: Report): readonly Fact[] {
  const { low } = capacity.knee
  const { peakRps: peak } = sizing
  if (low === null || peak === null) return []
  return [
    {
      label: 'headroom',
      value: `lower end of the knee / peak − 1 = ${formatRate(low)} / ${formatRate(peak)} − 1 = ${formatShare(low / peak - 1)}`,
    },
  ]
}
