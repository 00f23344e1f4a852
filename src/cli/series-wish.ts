import { FEWEST_PAIRS } from '../compare/pair-series.ts'
import type { SideName } from '../compare/comparison.ts'
import { isUrl } from '../scenario/url-scenario.ts'
import { parseRate } from '../units/parse.ts'
import type { Problem } from '../units/problem.ts'
import type { RatePerSecond } from '../units/quantity.ts'
import type { Flag } from './command.ts'
import { SEED, wholeNumber } from './given-words.ts'
import type { GivenWords, Wanted } from './given-words.ts'
import type { RunWish } from './run-order.ts'
import { TRANSPORT_FLAGS, readTransportFlags } from './transport-flags.ts'

/** A series of runs in pairs, as the words ask for it. */
export interface SeriesWish {
  /** What either side loads. */
  readonly urls: Readonly<Record<SideName, string>>
  /** What each run carries out; absent: response times below the knee, then knee and saturation. */
  readonly scenarioPath?: string
  /** The base's knee, for the runs made without a scenario; absent: searched for. */
  readonly knee?: RatePerSecond
  /** Where the reports of the runs go; absent: a new folder under `reports/`. */
  readonly folder?: string
  readonly seed?: number
  /** What every run has in common. */
  readonly common: Pick<RunWish, 'allowedHosts' | 'workers' | 'pacing'> & {
    readonly overrides: Omit<RunWish['overrides'], 'target' | 'seed'>
  }
}

/** @param group the heading they stand under in the help */
export const seriesFlags = (group: string): Readonly<Record<string, Flag>> => ({
  scenario: {
    kind: 'text',
    does: 'what each run does (default: 30 % and 60 % of the knee, then beyond it: 53 s)',
    group,
  },
  knee: {
    kind: 'text',
    does: 'about what the base carries, e.g. 800/s, for runs without a scenario (default: it is searched for first)',
    group,
  },
  reports: {
    kind: 'text',
    does: 'folder for the reports of the runs (default: reports/pairs-<time>)',
    group,
  },
  set: { kind: 'texts', does: 'change one value of the scenario; may be repeated', group },
  seed: {
    kind: 'text',
    does: 'number that fixes the arrivals of all pairs (default: random and printed)',
    group,
  },
  'allow-host': {
    kind: 'texts',
    does: 'host that may be loaded though it is not this machine; may be repeated',
    group,
  },
  workers: { kind: 'text', does: 'threads that make the load (default: processors − 1)', group },
  'low-cpu': {
    kind: 'switch',
    does: 'sleep until a request is due, do not spin, for machines that share processors',
    group,
  },
  ...TRANSPORT_FLAGS,
})

/** @param urls base and candidate, as many as were given */
export function readSeriesWish(words: GivenWords, urls: readonly string[]): SeriesWish {
  const [base = '', candidate = base] = urls
  words.problems.push(...[...new Set(urls)].filter(url => !isUrl(url)).map(noUrl))
  const scenarioPath = words.text('scenario')
  const knee = words.parsed('knee', KNEE)
  const folder = words.text('reports')
  const seed = words.parsed('seed', SEED)
  return {
    urls: { base, candidate },
    ...(scenarioPath !== undefined && { scenarioPath }),
    ...(knee !== undefined && { knee }),
    ...(folder !== undefined && { folder }),
    ...(seed !== undefined && { seed }),
    common: {
      allowedHosts: words.texts('allow-host'),
      workers: words.parsed('workers', wholeNumber(1, 256, '2')),
      ...(words.isOn('low-cpu') && { pacing: 'timer' }),
      overrides: { set: words.texts('set'), ...readTransportFlags(words) },
    },
  }
}

/** As many as a person would wait for; more of them are a matter for a history. */
const PAIRS = wholeNumber(FEWEST_PAIRS, 50, '5')

export const readPairs = (words: GivenWords): number | undefined => words.parsed('pairs', PAIRS)

const KNEE: Wanted<RatePerSecond> = {
  parse(text) {
    const rate = parseRate(text)
    return rate !== undefined && rate >= 1 ? rate : undefined
  },
  expected: 'a rate of at least 1/s',
  example: '800/s',
}

const noUrl = (word: string): Problem => ({
  code: 'series/no-url',
  message: `${word} is not a URL; runs in pairs are made against targets, not read from reports`,
  fix: 'write it with its scheme, e.g. http://127.0.0.1:8080/; for reports write plimsoll compare BASE.json -- CANDIDATE.json',
  at: { file: word },
})
