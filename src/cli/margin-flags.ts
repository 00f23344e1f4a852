import { DEFAULT_MARGINS } from '../compare/margins.ts'
import type { Margins } from '../compare/margins.ts'
import { nearestFix } from '../units/nearest.ts'
import { parseShare } from '../units/parse.ts'
import type { Problem } from '../units/problem.ts'
import type { Share } from '../units/quantity.ts'
import type { Flag } from './command.ts'
import type { GivenWords, Wanted } from './given-words.ts'

type MarginName = keyof Margins

export const MARGIN_NAMES: readonly MarginName[] = Object.keys(DEFAULT_MARGINS) as MarginName[]

/** How a comparison judges: what does not matter, and how sure it has to be. */
export const MARGIN_FLAGS: Readonly<Record<'margin' | 'confidence', Flag>> = {
  margin: {
    kind: 'texts',
    does:
      `change that does not matter, e.g. knee=5%; may be repeated; of ${MARGIN_NAMES.join(', ')} ` +
      '(default: 5% of rates, p50 10%, p95 and p99 15%, errors 0.5% of the requests)',
    group: 'Comparison',
  },
  confidence: {
    kind: 'text',
    does: 'of the two-sided intervals (default: 95%)',
    group: 'Comparison',
  },
}

/** Margins as given, the others as a policy has them or by default; each that is wrong adds a problem. */
export function readMargins(words: GivenWords, ofPolicy: Partial<Margins> = {}): Margins {
  const margins: Record<MarginName, number> = { ...DEFAULT_MARGINS, ...ofPolicy }
  const given = new Set<MarginName>()
  for (const text of words.texts('margin')) {
    const [word = '', size = ''] = text.split(/=(.*)/s)
    const name = MARGIN_NAMES.find(known => known === word)
    const part = parseShare(size)
    if (name === undefined) words.problems.push(unknownMargin(text, word))
    else if (part === undefined || part <= 0 || part > 1) words.problems.push(wrongSize(text, name))
    else if (given.has(name)) words.problems.push(givenTwice(name))
    else {
      given.add(name)
      margins[name] = part
    }
  }
  return margins
}

const USUAL_CONFIDENCE = 0.95

/** α of each side where nobody asks for another. */
export const USUAL_PER_SIDE: number = (1 - USUAL_CONFIDENCE) / 2

const CONFIDENCE: Wanted<Share> = {
  parse(text) {
    const part = parseShare(text)
    return part !== undefined && part >= 0.5 && part <= 0.999 ? part : undefined
  },
  expected: 'a share from 50% to 99.9%',
  example: '95%',
}

/** α of each side. */
export const readPerSide = (words: GivenWords): number =>
  (1 - (words.parsed('confidence', CONFIDENCE) ?? USUAL_CONFIDENCE)) / 2

const at = { file: '--margin' }

const unknownMargin = (text: string, word: string): Problem => ({
  code: 'compare/unknown-margin',
  message: `--margin is ${JSON.stringify(text)}; ${JSON.stringify(word)} is nothing that is compared`,
  fix: nearestFix(word, MARGIN_NAMES, 'write one of'),
  at,
})

const wrongSize = (text: string, name: MarginName): Problem => ({
  code: 'compare/wrong-margin',
  message: `--margin is ${JSON.stringify(text)}; a margin is a share above 0% and up to 100%`,
  fix: `write, for example, --margin ${name}=${DEFAULT_MARGINS[name] * 100}%`,
  at,
})

const givenTwice = (name: MarginName): Problem => ({
  code: 'compare/margin-given-twice',
  message: `--margin ${name} is given more than once`,
  fix: 'give it once',
  at,
})
