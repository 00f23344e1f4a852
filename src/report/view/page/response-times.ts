import { hasTime } from '../../../analysis/window-record.ts'
import { addCounts } from '../../../result/counts.ts'
import type { Counts } from '../../../result/counts.ts'
import { decodeHistogram } from '../../../result/histogram.ts'
import type { Result } from '../../../result/result.ts'

/**
 * Response times of each window of the RESULT: of answers of any status, and of timed-out requests at the time they were
 * given up. The other histograms are left alone, as decoding is what takes the time.
 */
export const responseTimesOf = ({ windows }: Pick<Result, 'windows'>): readonly Counts[] =>
  windows.map(({ series }) =>
    addCounts(series.filter(hasTime).map(({ responseTimesUs }) => decodeHistogram(responseTimesUs))),
  )
