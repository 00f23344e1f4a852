import { combineParts } from '../recording/combine-parts.ts'
import type { WindowPart } from '../recording/window-part.ts'
import { countsOf } from '../result/counts.ts'
import { nanoseconds } from '../units/quantity.ts'
import { packCounts } from './pack-counts.ts'

const ROUNDS = 40
const WINDOWS_A_ROUND = 4
const VALUES = 400

/**
 * Puts invented windows together, a few at a time, while the workers rehearse: what this thread does every second is
 * then compiled, and short, before it competes with them for a processor.
 */
export function rehearseCombining(isOver: () => boolean): void {
  const part = inventPart()
  let round = 0
  const play = (): void => {
    for (let i = 0; i < WINDOWS_A_ROUND; i += 1) {
      JSON.stringify(combineParts([part], { stage: 0, from: nanoseconds(0) }, 0))
    }
    round += 1
    if (round < ROUNDS && !isOver()) setTimeout(play, 1)
  }
  play()
}

function inventPart(): WindowPart {
  const counts = countsOf(Array.from({ length: VALUES }, (_, i) => 20 + i * i))
  const flow = { answered: VALUES, good: VALUES, ended: VALUES }
  const series = [200, 404, 502].map(code => ({
    request: 0,
    code,
    count: VALUES,
    firstAt: 0,
    bytesRead: VALUES,
    response: counts,
    service: counts,
    firstByte: counts,
  }))
  const part: WindowPart = {
    index: 0,
    to: 1e9,
    sent: VALUES,
    series,
    flow,
    inFlight: { mean: 1, atEnd: 1 },
    health: {
      lateness: counts,
      utilisation: 0,
      longestStallMs: 0,
      garbageCollectionMs: 0,
      connectionsOpened: 0,
      connectionsOpen: 0,
    },
    handshakes: { connect: counts, tls: counts, resumed: 0 },
  }
  // As it comes from another thread: with flat arrays, and shapes of a clone's own.
  return structuredClone(packCounts(part))
}
