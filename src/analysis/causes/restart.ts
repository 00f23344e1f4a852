import { formatNumber, formatShare } from '../../units/format.ts'
import { levelOf } from '../levels.ts'
import type { Level } from '../levels.ts'
import { findOutages, shareOf } from '../outages.ts'
import type { Dose } from '../outages.ts'
import { findBlips } from '../search/find-blips.ts'
import { isError } from '../window-record.ts'
import type { WindowRecord } from '../window-record.ts'
import type { Rule } from './rule.ts'

const WHOLE = 0.5
const NEARLY_ALL = 0.9

export const restart: Rule = {
  cause: 'restart',
  asks: 'Did everything fail for one short stretch, with sharp edges, and work again at the same load?',
  judge({ measured, result }) {
    const found =
      result.search === undefined
        ? findOutages(measured.map(doseOf)).map(({ from, to }) => measured.slice(from, to))
        : findBlips(measured)
    const blocks = found
      .map(block => block.map(doseOf))
      .filter(block => Math.max(...block.map(dose => shareOf([dose]))) > WHOLE)
    const block = blocks[0]
    if (block === undefined || blocks.length > 1) return undefined
    const reset = resetShare(block)
    const from = block[0]!.at
    const last = block.at(-1)!
    const span = `${formatNumber(from)} s to ${formatNumber(last.at + last.seconds)} s`
    return {
      certainty: reset > WHOLE || shareOf(block) > NEARLY_ALL ? 0.92 : 0.8,
      claim: `From ${span} nearly everything failed: a restart or a deploy.`,
      evidence: [
        `${formatShare(shareOf(block))} of the requests of these seconds failed, and few right before and after at no lower load`,
        ...(reset > 0 ? [`${formatShare(reset)} of the failures were closed or refused connections`] : []),
        'these seconds are left out of knee and onset',
      ],
      next: 'compare with the times of deploys and restarts; run again to see that it was none of the load',
    }
  },
}

function doseOf(record: WindowRecord): Dose & Level {
  const level = levelOf(record)
  return { ...level, hits: level.bad }
}

function resetShare(block: readonly (Dose & Level)[]): number {
  const errors = block.flatMap(({ series }) => series).filter(isError)
  const all = errors.reduce((sum, { count }) => sum + count, 0)
  const broken = errors.filter(({ outcome }) => outcome.kind === 'failed')
  return broken.reduce((sum, { count }) => sum + count, 0) / Math.max(1, all)
}
