import { parseRate, parseShare } from '../units/parse.ts'
import type { RatePerSecond, Share } from '../units/quantity.ts'
import type { Flag } from './command.ts'
import { wholeNumber } from './given-words.ts'
import type { GivenWords, Wanted } from './given-words.ts'

/** What the judging of a RESULT may be told, whether it is fresh or read from a report. */
export const ANALYSIS_FLAGS: Readonly<Record<'peak' | 'backends' | 'headroom', Flag>> = {
  peak: {
    kind: 'text',
    does: 'rate to size for, e.g. 5000/s (default: none; the sizing then speaks of the knee alone)',
    group: 'Sizing',
  },
  backends: {
    kind: 'text',
    does: 'number of backends that are behind the target now (default: 1)',
    group: 'Sizing',
  },
  headroom: {
    kind: 'text',
    does: 'share of the knee to use at the peak, e.g. 70% (default: 70%)',
    group: 'Sizing',
  },
}

export interface AnalysisOptions {
  readonly peak?: RatePerSecond
  readonly backends?: number
  readonly headroom?: Share
}

export function readAnalysisOptions(words: GivenWords): AnalysisOptions {
  const peak = words.parsed('peak', PEAK)
  const backends = words.parsed('backends', BACKENDS)
  const headroom = words.parsed('headroom', HEADROOM)
  return {
    ...(peak === undefined ? {} : { peak }),
    ...(backends === undefined ? {} : { backends }),
    ...(headroom === undefined ? {} : { headroom }),
  }
}

const PEAK: Wanted<RatePerSecond> = {
  parse(text) {
    const rate = parseRate(text)
    return rate !== undefined && rate > 0 ? rate : undefined
  },
  expected: 'a rate above 0 with its unit',
  example: '5000/s',
}

const BACKENDS = wholeNumber(1, 1_000_000, '4')

const HEADROOM: Wanted<Share> = {
  parse(text) {
    const part = parseShare(text)
    return part !== undefined && part >= 0.01 && part <= 1 ? part : undefined
  },
  expected: 'a share from 1% to 100%',
  example: '70%',
}
