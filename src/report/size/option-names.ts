import type { OptionName } from '../../sizing/sizing-answer.ts'

export const OPTION_NAMES: Readonly<Record<OptionName, string>> = {
  'do-nothing': 'do nothing',
  backends: 'backends',
  cdn: 'CDN',
  both: 'both',
  limiter: 'limiter',
}
