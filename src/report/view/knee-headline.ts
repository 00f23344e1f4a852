import type { Report } from '../report.ts'
import type { Headline } from '../view.ts'
import { wordEstimate } from './estimate-wording.ts'
import { distrusted, headline } from './headline.ts'

export function kneeHeadline({ trust, capacity }: Pick<Report, 'trust' | 'capacity'>): Headline {
  if (!trust.ok) return distrusted('knee', trust.reasons[0] ?? 'this run cannot be believed')
  const { knee, limitedBy } = capacity
  const { value, detail } = wordEstimate(knee)
  if (knee.bound === 'measured') return headline({ label: 'knee', value, detail, joined: 'in-brackets' })
  if (knee.bound === 'none') {
    return headline({ label: 'knee', value, detail: knee.because || detail, tone: 'unsure' })
  }
  const reason = limitedBy === 'generator' ? 'the load generator, not the target, was the limit' : detail
  return headline({ label: 'knee', value, detail: reason, joined: 'in-brackets' })
}
