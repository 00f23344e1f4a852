import { answerTimes, readWindows } from '../../analysis/window-record.ts'
import { isClosed } from '../../plan/plan.ts'
import { addCounts } from '../../result/counts.ts'
import type { Counts } from '../../result/counts.ts'
import { percentileDistribution } from '../../result/histogram.ts'
import type { Report } from '../report.ts'
import { cleanText } from '../view/clean-text.ts'

const EMPTY = '       Value     Percentile TotalCount 1/(1-Percentile)\n\n'

/**
 * HdrHistogram's percentile distribution of the response times, in ms, over the measured windows: without warm-up and
 * without those in which the load generator was the limit. Lines that begin with # are passed over by its plotter.
 */
export function renderHgrm({ result, run }: Report): string {
  const measured = readWindows(result).filter(({ stage }) => !stage.warmup)
  const valid = measured.filter(({ limits }) => limits.length === 0)
  const times = addCounts(valid.map(({ series }) => answerTimes(series)))
  const notes = [
    `${cleanText(run.name)}, run ${cleanText(run.id)}, plimsoll ${cleanText(run.toolVersion)}`,
    'Response times from the intended start, in milliseconds',
    isClosed(result.plan) ? 'A closed model has none' : wordWindows(valid.length, measured.length),
  ]
  return distribution(times) + notes.map(note => `#[${note}]\n`).join('')
}

const distribution = (times: Counts): string =>
  times.indices.length === 0 ? EMPTY : percentileDistribution(times)

const wordWindows = (valid: number, measured: number): string =>
  valid === measured
    ? `${measured} measured windows`
    : `${valid} of ${measured} measured windows; the load generator was the limit in the others`
