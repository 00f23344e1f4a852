import type { Report } from '../report.ts'
import type { Fact, Headline } from '../view.ts'
import { wordEstimate } from './estimate-wording.ts'
import { distrusted, headline } from './headline.ts'
import { sentence } from './sentence.ts'
import { wordSeconds } from './word-seconds.ts'

export function kneeHeadline({
  trust,
  capacity,
  search,
}: Pick<Report, 'trust' | 'capacity' | 'search'>): Headline {
  if (!trust.ok) return distrusted('knee', trust.reasons[0] ?? 'this run cannot be believed')
  const { knee, limitedBy } = capacity
  const { value, detail } = wordEstimate(knee)
  const beside = search === null ? {} : { lines: sloLine(capacity), note: sentence(capacity.definition) }
  if (knee.bound === 'measured') {
    const held = search?.holdSeconds ? `; held for ${wordSeconds(search.holdSeconds)}` : ''
    return headline({ label: 'knee', value, detail: detail + held, joined: 'in-brackets', ...beside })
  }
  if (knee.bound === 'none') {
    return headline({ label: 'knee', value, detail: knee.because || detail, tone: 'unsure', ...beside })
  }
  const reason = limitedBy === 'generator' ? 'the load generator, not the target, was the limit' : detail
  return headline({ label: 'knee', value, detail: reason, joined: 'in-brackets', ...beside })
}

/** The knee under the latency promise, beside it. */
function sloLine({ slo }: Report['capacity']): readonly Fact[] {
  if (slo === null) return []
  const { value, detail } = wordEstimate(slo)
  const isKnown = slo.bound !== 'none'
  const { text } = headline({
    label: '',
    value,
    detail: isKnown ? detail : slo.because,
    joined: isKnown ? 'in-brackets' : 'after-colon',
  })
  return [{ label: `with ${slo.promise}`, value: text }]
}
