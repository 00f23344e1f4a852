import type { Random } from '../units/random.ts'
import type { Arrivals } from './setting.ts'

/** Instants of new requests, in order; after the last one the end of the window that they came in; then Infinity. */
export interface ArrivalStream {
  readonly count: number
  next(): number
}

export function createArrivalStream(arrivals: Arrivals, random: Random): ArrivalStream {
  let asked = 0
  if (arrivals.kind === 'poisson') {
    const { rate, requests, backlog } = arrivals
    const state = { at: 0 }
    return {
      count: requests,
      next() {
        asked += 1
        if (asked > requests + 1) return Infinity
        if (asked <= backlog) return 0
        state.at -= Math.log(random.uniform()) / rate
        return state.at
      },
    }
  }
  const { at } = arrivals
  const count = at.length
  return {
    count,
    next() {
      asked += 1
      if (asked <= count) return at[asked - 1]!
      return asked === count + 1 ? endOf(at) : Infinity
    },
  }
}

/** One mean gap after the last, as if one more had come. */
function endOf(at: ArrayLike<number>): number {
  const [first, last, gaps] = [at[0] ?? 0, at[at.length - 1] ?? 0, Math.max(1, at.length - 1)]
  return last + (last - first) / gaps
}
