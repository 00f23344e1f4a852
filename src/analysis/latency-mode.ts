import { highestValueAt } from '../result/histogram-layout.ts'
import { totalCount } from '../result/counts.ts'
import type { Counts } from '../result/counts.ts'

const WIDTH_US = 50_000
const RELATIVE_WIDTH = 0.01
const SHARE = 0.7
const SHORTEST_US = 300_000

/**
 * The one time after which most of these requests ended, in µs: at least 70 % of them within 50 ms or 1 % of it. The
 * mark of a timeout of that length. Undefined when they scatter, or when it is too short to be one.
 */
export function latencyModeUs(times: Counts): number | undefined {
  const { indices, counts } = times
  const total = totalCount(times)
  let first = 0
  let inside = 0
  let best = { inside: 0, at: 0 }
  for (let i = 0; i < indices.length; i += 1) {
    const value = highestValueAt(indices[i]!)
    inside += counts[i]!
    while (value - highestValueAt(indices[first]!) > Math.max(WIDTH_US, value * RELATIVE_WIDTH)) {
      inside -= counts[first]!
      first += 1
    }
    if (inside > best.inside) best = { inside, at: highestValueAt(indices[first]!) }
  }
  return total > 0 && best.inside >= SHARE * total && best.at >= SHORTEST_US ? best.at : undefined
}
