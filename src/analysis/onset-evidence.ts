import type { Plan } from '../plan/plan.ts'
import type { KneeReading } from './knee.ts'
import type { Level } from './levels.ts'
import type { Dose } from './outages.ts'
import type { SeriesRecord, WindowRecord } from './window-record.ts'

export type Accepts = (series: SeriesRecord) => boolean

/** What an onset is read from: the measured windows, the rising levels among them, and the knee. */
export interface OnsetEvidence {
  readonly plan: Plan
  readonly measured: readonly WindowRecord[]
  readonly rising: readonly Level[]
  readonly knee: KneeReading
}

/** How much of a level counts: `accepts` among `among`. */
export function doseOf(level: Level, accepts: Accepts, among: Accepts): Dose {
  let offered = 0
  let hits = 0
  for (const series of level.series) {
    if (!among(series)) continue
    offered += series.count
    if (accepts(series)) hits += series.count
  }
  return { at: level.at, seconds: level.seconds, rate: level.rate, offered, hits }
}
