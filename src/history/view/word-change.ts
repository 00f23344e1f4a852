import type { Statement } from '../../report/view.ts'
import { formatNumber, formatRate } from '../../units/format.ts'
import type { Change } from '../find-trend.ts'
import type { RecordedRun } from '../history-row.ts'
import { wordInstant } from './word-run.ts'

/** `−21 %`, `+8.5 %`. */
export const wordRatio = (ratio: number): string =>
  `${ratio < 0 ? '−' : '+'}${formatNumber(Math.abs(ratio) * 100, 2)} %`

/** A change in one sentence, with the two runs that it lies between. */
export function wordChange(change: Change, runs: readonly RecordedRun[]): Statement {
  const { before, after, fromRps, toRps, ratio, p } = change
  const [last, first] = [runs[before]!, runs[after]!]
  const verb = ratio < 0 ? 'fell' : 'rose'
  const figures = `${wordRatio(ratio)}, ${wordP(p)}`
  return {
    text:
      `The knee ${verb} from ${formatRate(fromRps)} to ${formatRate(toRps)} between ${nameRun(last)} ` +
      `and ${nameRun(first)} (${figures})${otherVersion(last, first)}.`,
    tone: ratio < 0 ? 'bad' : 'good',
  }
}

export const nameRun = ({ row, files }: RecordedRun): string => `${wordInstant(row.startedAt)} (${files[0]})`

const wordP = (p: number): string => (p < 1e-4 ? 'p < 0.0001' : `p = ${formatNumber(p, 2)}`)

/** Another version may judge in another way: then the target need not have changed. */
function otherVersion({ row: before }: RecordedRun, { row: after }: RecordedRun): string {
  if (before.toolVersion === after.toolVersion) return ''
  return `; plimsoll went from ${before.toolVersion} to ${after.toolVersion} between them, too`
}
