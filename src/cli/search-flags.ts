import type { ScenarioOverrides } from '../scenario/overrides.ts'
import { SEARCH_DEFAULTS } from '../scenario/search.ts'
import { formatDuration, formatRate, formatShare } from '../units/format.ts'
import { parseDuration, parseRate, parseShare } from '../units/parse.ts'
import type { Flag } from './command.ts'
import type { GivenWords, Wanted } from './given-words.ts'

const { from, to, precision, budget } = SEARCH_DEFAULTS

/** What a search is to find, and within which bounds; each wins over the key of `search:` that has its name. */
export const SEARCH_FLAGS: Readonly<Record<string, Flag>> = {
  from: { kind: 'text', does: `first rate of a search (default: ${formatRate(from)})`, group: 'Search' },
  to: {
    kind: 'text',
    does: `rate that a search never goes beyond (default: ${formatRate(to)})`,
    group: 'Search',
  },
  precision: {
    kind: 'text',
    does: `share by which two loads must differ to be told apart (default: ${formatShare(precision)})`,
    group: 'Search',
  },
  budget: {
    kind: 'text',
    does: `load that a search may take, in all (default: ${formatDuration(budget)})`,
    group: 'Search',
  },
  gentle: {
    kind: 'switch',
    does: 'search with holds only, each a little above the last one that passed; takes longer',
    group: 'Search',
  },
  soak: {
    kind: 'text',
    does: 'hold the capacity that long when it is found (default: as long as it takes to confirm it)',
    group: 'Search',
  },
  promise: {
    kind: 'texts',
    does: "with a URL: what must hold, e.g. 'p99 < 300ms'; may be repeated",
    group: 'Search',
  },
}

export function readSearchFlags(words: GivenWords): Pick<ScenarioOverrides, 'search' | 'promises'> {
  const texts = Object.entries(WANTED).flatMap(([flag, wanted]) => {
    const text = words.parsed(flag, wanted)
    return text === undefined ? [] : [[flag, text] as const]
  })
  return {
    search: { ...Object.fromEntries(texts), ...(words.isOn('gentle') && { gentle: true }) },
    promises: words.texts('promise'),
  }
}

/** Checked here, so that the problem speaks of the flag, and handed on as it was typed. */
const typed = (
  parse: (text: string) => number | undefined,
  expected: string,
  example: string,
): Wanted<string> => ({
  parse: text => (parse(text) === undefined ? undefined : text),
  expected,
  example,
})

const WANTED: Readonly<Record<'from' | 'to' | 'precision' | 'budget' | 'soak', Wanted<string>>> = {
  from: typed(parseRate, 'a rate with its unit', '20/s'),
  to: typed(parseRate, 'a rate with its unit', '5000/s'),
  precision: typed(parseShare, 'a share with its sign', '3%'),
  budget: typed(parseDuration, 'a duration with its unit', '3m'),
  soak: typed(parseDuration, 'a duration with its unit', '10m'),
}
