import type { Capacity, SaturationProbe } from './findings.ts'

export const NO_KNEE_IN_CLOSED_MODEL =
  'a closed model cannot show a knee: its connections wait for answers before they ask again, so that more than the target carries is never offered'

/** A closed model has no knee; what it has is a throughput that the target reached, and where that levels off. */
export function closedCapacity({ rungs, highest, levelsOffAt }: SaturationProbe): Capacity {
  const generatorWasTheLimit = levelsOffAt === null && rungs.some(({ valid }) => !valid)
  return {
    knee: {
      rps: null,
      low: null,
      high: null,
      confidence: 0.95,
      bound: 'none',
      because: NO_KNEE_IN_CLOSED_MODEL,
      method: 'none',
    },
    limitedBy: levelsOffAt !== null ? 'throughput' : generatorWasTheLimit ? 'generator' : null,
    saturation:
      highest === null || levelsOffAt === null
        ? null
        : { rps: highest.throughputRps, low: highest.low, high: highest.high },
    slo: null,
    timeoutForecast: null,
    definition:
      'Throughput is the rate of good answers with a fixed number of connections, each of which asks again when it was answered. The highest is what the target carries at least.',
  }
}
