import { addCounts, quantileUs } from '../../result/counts.ts'
import { smallest } from '../../statistics/extremes.ts'
import { levelOf } from '../levels.ts'
import { findOutages, shareOf } from '../outages.ts'
import type { WindowRecord } from '../window-record.ts'

const MOST_FAIL = 0.5
const LONGEST = 8
/** A window that fails less than this is outside of a blip; one above may be its edge. */
const EDGE = 0.05
/** In flight against what the rate keeps there at rest: more means that requests queue, and the load does it. */
const QUEUED = 3
const SAME_LOAD = 0.95

/**
 * Blocks of windows that something struck which was not the load: few requests wait in them, and they fail far more than
 * their neighbours at no lower load; or most of them fail, and other visits to that load do not show it. Overload
 * makes most requests fail only behind a full queue, a timeout or a collapse, and all of these keep requests waiting.
 */
export function findBlips(records: readonly WindowRecord[]): readonly (readonly WindowRecord[])[] {
  const doses = records.map(record => ({ ...levelOf(record), hits: levelOf(record).bad }))
  const failing = doses.map(dose => shareOf([dose]))
  const struck = new Uint8Array(records.length)
  for (const { from, to } of findOutages(doses))
    if (!waits(records, records.slice(from, to))) struck.fill(1, from, to)
  for (const { from, to } of stretchesOf(failing, share => share > EDGE)) {
    const most = failing.slice(from, to).some(share => share > MOST_FAIL)
    const block = records.slice(from, to)
    if (!most || to === records.length || block.length > LONGEST || waits(records, block)) continue
    const elsewhere = records.filter((_, i) => i < from || i >= to)
    if (!isReproduced(block, elsewhere)) struck.fill(1, from, to)
  }
  return stretchesOf(struck, is => is === 1).map(({ from, to }) => records.slice(from, to))
}

/** Neighbours of which it is true, from index `from` up to and without `to`. */
function stretchesOf(
  values: ArrayLike<number>,
  isIn: (value: number) => boolean,
): { readonly from: number; readonly to: number }[] {
  const stretches: { from: number; to: number }[] = []
  for (let i = 0; i < values.length; i += 1) {
    if (!isIn(values[i]!)) continue
    const last = stretches.at(-1)
    if (last?.to === i) last.to = i + 1
    else stretches.push({ from: i, to: i + 1 })
  }
  return stretches
}

/** Is there no moment in it at which only the usual number of requests waits? */
function waits(records: readonly WindowRecord[], block: readonly WindowRecord[]): boolean {
  const usual = medianSeconds(records.slice(0, LONGEST))
  return (
    smallest(
      block.map(({ window, rate }) => window.inFlight.atEnd / (QUEUED * (Math.max(usual * rate, 1) + 1))),
    ) > 1
  )
}

/** Where that load was offered at other times: did most windows fail there, too? Nowhere else: believed of the load. */
function isReproduced(block: readonly WindowRecord[], elsewhere: readonly WindowRecord[]): boolean {
  const rate = smallest(block.map(record => record.rate))
  const alike = elsewhere.filter(record => record.rate >= rate * SAME_LOAD)
  const bad = alike.filter(record => shareOf([{ ...levelOf(record), hits: levelOf(record).bad }]) > EDGE)
  return bad.length >= alike.length / 2
}

function medianSeconds(records: readonly WindowRecord[]): number {
  const times = records.flatMap(({ series }) =>
    series.filter(({ good }) => good).map(({ responseTimes }) => responseTimes),
  )
  return (quantileUs(addCounts(times), 0.5) ?? 0) / 1e6
}
