import type { RateEstimate } from '../../analysis/findings.ts'
import { formatRate, formatShare } from '../../units/format.ts'
import type { Report } from '../report.ts'
import type { Headline } from '../view.ts'
import { lowestOf } from './estimate-wording.ts'
import { distrusted, headline } from './headline.ts'

/**
 * Room between the knee and the peak the user gave, counted from the cautious end of the knee's interval. Without a
 * peak, the highest rate to plan for.
 */
export function headroomHeadline({ trust, capacity, sizing }: Report): Headline {
  const { peakRps: peak } = sizing
  if (!trust.ok) return distrusted('headroom', 'there is no knee to count from')
  if (peak === null) return planFor(sizing)
  const { bound } = capacity.knee
  if (bound === 'none') return unsure('there is no knee to count from')
  return bound === 'at-most' ? belowAll(peak, capacity.knee) : compared(peak, capacity.knee)
}

function compared(peak: number, { rps, low, high, bound }: RateEstimate): Headline {
  const floor = lowestOf(rps, low)
  if (floor !== null && floor >= peak) return room(peak, floor, bound === 'at-least' ? 'at least ' : '')
  if (bound === 'at-least') return unsure(`the peak of ${formatRate(peak)} is above what was shown to hold`)
  if (high !== null && peak < high)
    return unsure(`the peak of ${formatRate(peak)} lies inside the knee's interval`)
  return short(peak, rps ?? peak, '')
}

function belowAll(peak: number, { rps, high }: RateEstimate): Headline {
  const ceiling = high ?? rps
  if (ceiling === null || peak <= ceiling) return unsure('the knee lies below every rate that was tried')
  return short(peak, ceiling, 'at least ')
}

const unsure = (detail: string): Headline =>
  headline({ label: 'headroom', value: 'cannot tell', detail, tone: 'unsure' })

const room = (peak: number, floor: number, bound: string): Headline =>
  headline({
    label: 'headroom',
    value: `${bound}${formatShare(floor / peak - 1)}`,
    detail: `${formatRate(floor - peak)} above the peak of ${formatRate(peak)}`,
    tone: 'good',
  })

const short = (peak: number, knee: number, bound: string): Headline =>
  headline({
    label: 'headroom',
    value: `short by ${bound}${formatRate(peak - knee)}`,
    detail: `the peak of ${formatRate(peak)} is ${bound}${formatShare(peak / knee)} of the knee`,
    tone: 'bad',
  })

function planFor({ safeRps, headroom }: Report['sizing']): Headline {
  if (safeRps === null) {
    return headline({
      label: 'plan for',
      value: 'cannot tell',
      detail: 'there is no knee to count from',
      tone: 'unsure',
    })
  }
  const detail = `${formatShare(headroom)} of the knee's lower end; give --peak to see the headroom`
  return headline({ label: 'plan for', value: `up to ${formatRate(safeRps)}`, detail })
}
