import type { HealthPart, TickPart, WindowPart } from '../recording/window-part.ts'
import type { Counts } from '../result/counts.ts'

/** The same counts in flat arrays: between threads those are copied as they are, lists number by number. */
const pack = ({ indices, counts }: Counts): Counts => ({
  indices: Uint16Array.from(indices),
  counts: Uint32Array.from(counts),
})

const packHealth = (health: HealthPart): HealthPart => ({ ...health, lateness: pack(health.lateness) })

export const packTick = (tick: TickPart): TickPart => ({
  ...tick,
  response: pack(tick.response),
  health: packHealth(tick.health),
})

/** A window ready to cross to another thread, which must not have to stand still for it. */
export function packCounts(part: WindowPart): WindowPart {
  return {
    ...part,
    series: part.series.map(series => ({
      ...series,
      response: pack(series.response),
      service: pack(series.service),
      firstByte: pack(series.firstByte),
    })),
    health: packHealth(part.health),
  }
}
