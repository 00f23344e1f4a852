import type { GlossedHeadline } from '../../page-view.ts'
import type { Headline } from '../../view.ts'

const GLOSSES: Readonly<Record<string, string>> = {
  knee: 'the highest rate that it sustains',
  'error onset': 'from this rate on a constant load meets errors of the gateway',
  headroom: 'room between the knee and the peak',
  'plan for': 'what may be counted on',
  throughput: 'good answers per second, as many as it was seen to give',
  'gateway errors': 'answers 502, 503, 504 and their kin',
}

/** What the word above the number means, for those who meet it for the first time. */
export const glossHeadline = (headline: Headline): GlossedHeadline => ({
  ...headline,
  gloss: GLOSSES[headline.label] ?? glossOnset(headline.label),
})

function glossOnset(label: string): string {
  const status = /^(\d{3}) onset$/.exec(label)?.[1]
  if (status !== undefined) return `from this rate on a constant load meets ${status}`
  return /^\d{3}$/.test(label) ? 'an error that a gateway answers' : ''
}
