import { isUrl } from '../scenario/url-scenario.ts'
import type { Problem } from '../units/problem.ts'
import type { Nanoseconds } from '../units/quantity.ts'
import { parseDuration } from '../units/parse.ts'
import { readAnalysisOptions } from './analysis-flags.ts'
import { SEED, wholeNumber } from './given-words.ts'
import type { GivenWords, Wanted } from './given-words.ts'
import type { ResumeWish } from './resume-order.ts'
import type { RunWish } from './run-order.ts'
import { readSearchFlags } from './search-flags.ts'
import { readTransportFlags } from './transport-flags.ts'

/** Without a scenario there is nothing to run; unless a ceiling is all that is asked for, the words have a problem. */
export function readRunWish(
  words: GivenWords,
): Omit<RunWish, 'scenarioPath'> & { readonly scenarioPath?: string } {
  const target = words.text('target')
  const seed = words.parsed('seed', SEED)
  const [scenarioPath] = words.operands
  if (scenarioPath !== undefined && target !== undefined && isUrl(scenarioPath))
    words.problems.push(secondTarget(scenarioPath))
  return {
    ...(scenarioPath !== undefined && { scenarioPath }),
    overrides: {
      set: words.texts('set'),
      ...(target === undefined ? {} : { target }),
      ...(seed === undefined ? {} : { seed }),
      ...readTransportFlags(words),
      ...readSearchFlags(words),
    },
    ...(words.isOn('low-cpu') && { pacing: 'timer' }),
    ...readCommon(words),
  }
}

const secondTarget = (url: string): Problem => ({
  code: 'run/two-targets',
  message: `--target is for a scenario; here ${url} says what to load`,
  fix: 'leave out --target, or write its URL in that place',
  at: { file: '--target' },
})

/** `--resume` with what may stand beside it; undefined without it. */
export function readResumeWish(words: GivenWords): ResumeWish | undefined {
  const path = words.text('resume')
  if (path === undefined) return undefined
  return { path, budget: words.parsed('budget', BUDGET), ...readCommon(words) }
}

function readCommon(
  words: GivenWords,
): Pick<RunWish, 'allowedHosts' | 'workers' | 'out' | 'html' | 'analysis'> {
  return {
    allowedHosts: words.texts('allow-host'),
    workers: words.parsed('workers', wholeNumber(1, 256, '2')),
    out: words.text('out'),
    html: words.text('html'),
    analysis: readAnalysisOptions(words),
  }
}

/** What was decided when the search began, by the flag that decides it. */
const DECIDED =
  'target set seed low-cpu calibrate http ca insecure cert key server-name from to precision gentle soak promise'.split(
    ' ',
  )

/** Words beside `--resume` that ask for another search than the one that is to go on. */
export function beyondResume(words: GivenWords): readonly Problem[] {
  const given = DECIDED.filter(flag => words.isOn(flag) || words.texts(flag).some(text => text !== 'false'))
  const [scenario] = words.operands
  return [...(scenario === undefined ? [] : [scenario]), ...given.map(flag => `--${flag}`)].map(word => ({
    code: 'resume/decided',
    message: `--resume goes on with the search as it was begun; ${word} would make it another`,
    fix: `leave out ${word}, or begin a new search without --resume`,
    at: { file: word },
  }))
}

const BUDGET: Wanted<Nanoseconds> = {
  parse(text) {
    const budget = parseDuration(text)
    return budget !== undefined && budget > 0 ? budget : undefined
  },
  expected: 'a duration with its unit',
  example: '6m',
}
