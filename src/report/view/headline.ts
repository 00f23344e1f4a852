import type { Headline, Tone } from '../view.ts'

interface Words {
  readonly label: string
  readonly value: string
  readonly detail: string
  readonly tone?: Tone
  /** `in-brackets`: an interval behind a number. `after-colon`: the reason for the words before it. */
  readonly joined?: 'in-brackets' | 'after-colon'
  readonly lines?: Headline['lines']
  readonly note?: string
}

export function headline({
  label,
  value,
  detail,
  tone = 'plain',
  joined = 'after-colon',
  lines = [],
  note = '',
}: Words): Headline {
  const tail = detail === '' ? '' : joined === 'in-brackets' ? ` (${detail})` : `: ${detail}`
  return { label, value, detail, text: value + tail, tone, lines, note }
}

/** Words in place of a number: one that cannot be trusted must not look like one that can. */
export const distrusted = (label: string, detail: string): Headline =>
  headline({ label, value: 'not trustworthy', detail, tone: 'unsure' })
