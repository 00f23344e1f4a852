import { formatDuration, formatNumber, formatRate } from '../units/format.ts'
import type { LabStatus, LabTruth } from './lab-entry.ts'

export const rateText = (perSecond: number): string => formatRate(perSecond)
export const timeText = (seconds: number): string => formatDuration(seconds * 1e9)
export const shareText = (share: number): string => `${formatNumber(share * 100)} %`

const orNone = (rate: number | null): string => (rate === null ? 'none' : rateText(rate))

/** The truth as lines for a terminal: the figures first, then the sentences. */
export function truthLines(truth: LabTruth): readonly string[] {
  const seen = (Object.entries(truth.onsetPerSecond) as [LabStatus, number | null][]).filter(
    ([, rate]) => rate !== null,
  )
  const onset = seen.map(([status, rate]) => `${status} from ${orNone(rate)}`).join(', ')
  return [
    `knee        ${orNone(truth.kneePerSecond)}`,
    `saturation  ${orNone(truth.saturationPerSecond)}`,
    `onset       ${onset === '' ? 'none caused by load' : onset}`,
    `cause       ${truth.cause} (${truth.label})`,
    ...truth.notes,
  ]
}
