import { binomialTail } from '../statistics/binomial.ts'

/** Requests of one window that met something, e.g. an error or one status, and the load they met it at. */
export interface Dose {
  readonly at: number
  readonly seconds: number
  readonly rate: number
  readonly offered: number
  readonly hits: number
}

const NEIGHBOURS = 3
const MAX_WINDOWS = 8
const CLEAR_EXCESS = 0.05
const CHANCE = 1e-4

/** A short block of windows, from index `from` up to and without `to`. */
export interface Outage {
  readonly from: number
  readonly to: number
}

/**
 * Blocks that fail far more than their neighbours on both sides, although the load after them is no lower: load
 * that fails stays failing at a higher load, so such a block is something that happened, not something the
 * load did. They are kept out of the fits of knee and onset.
 */
export function findOutages(doses: readonly Dose[]): readonly Outage[] {
  const outages: Outage[] = []
  let i = 0
  while (i < doses.length) {
    const to = endOfOutage(doses, i)
    if (to !== undefined) outages.push({ from: i, to })
    i = to ?? i + 1
  }
  return outages
}

/** The longest outage that begins at `from`, if one does. */
function endOfOutage(doses: readonly Dose[], from: number): number | undefined {
  const before = doses.slice(Math.max(0, from - NEIGHBOURS), from)
  for (let to = Math.min(from + MAX_WINDOWS, doses.length - 1); to > from; to -= 1) {
    const after = doses.slice(to, to + NEIGHBOURS)
    const usual = Math.max(shareOf(before), shareOf(after))
    const block = doses.slice(from, to)
    const lowered = after.some(({ rate }) => rate < doses[from]!.rate * 0.95)
    if (!lowered && block.every(dose => isClearlyAbove(dose, usual))) return to
  }
  return undefined
}

function isClearlyAbove({ hits, offered }: Dose, usual: number): boolean {
  return hits > offered * (2 * usual + CLEAR_EXCESS) && binomialTail(hits, offered, usual) < CHANCE
}

/** Hits per offered request; 0 for no requests. */
export function shareOf(doses: readonly Dose[]): number {
  let hits = 0
  let offered = 0
  for (const dose of doses) {
    hits += dose.hits
    offered += dose.offered
  }
  return offered === 0 ? 0 : hits / offered
}

/** The items outside the outages, and those inside. */
export function setApart<Item>(
  items: readonly Item[],
  outages: readonly Outage[],
): { readonly calm: readonly Item[]; readonly struck: readonly Item[] } {
  const isStruck = new Uint8Array(items.length)
  for (const { from, to } of outages) isStruck.fill(1, from, to)
  return {
    calm: items.filter((_, index) => isStruck[index] === 0),
    struck: items.filter((_, index) => isStruck[index] === 1),
  }
}
