import { compareRuns } from '../../compare/compare-runs.ts'
import type { Comparison, ComparisonVerdict } from '../../compare/comparison.ts'
import type { Command } from '../command.ts'
import { COMPARISON_FORMATS } from '../comparison-formats.ts'
import type { ComparisonFormat } from '../comparison-formats.ts'
import type { Effects } from '../effects.ts'
import { EXIT } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import type { GivenWords, Wanted } from '../given-words.ts'
import { MARGIN_FLAGS, readMargins, readPerSide } from '../margin-flags.ts'
import { openRuns } from '../open-runs.ts'
import { refuse } from '../refuse.ts'
import { readySeries, runSeries } from '../run-series.ts'
import type { Judging } from '../run-series.ts'
import { checkSeries } from '../series-trial.ts'
import { readPairs, readSeriesWish, seriesFlags } from '../series-wish.ts'
import type { Voice } from '../voice.ts'
import { MOST_PAIRS, looksOf } from '../../compare/pair-series.ts'
import type { Problem } from '../../units/problem.ts'

const FORMATS: ReadonlyMap<string, ComparisonFormat> = new Map(Object.entries(COMPARISON_FORMATS))
const NAMES = Object.keys(COMPARISON_FORMATS).join(', ')

const FORMAT: Wanted<ComparisonFormat> = {
  parse: text => FORMATS.get(text),
  expected: `one of ${NAMES}`,
  example: 'markdown',
}

const SERIES = 'Runs in pairs'
/** Flags that say how runs are made. */
const RUN_ONLY = ['pairs', ...Object.keys(seriesFlags(SERIES))]

const EXIT_CODES: Readonly<Record<ComparisonVerdict, ExitCode>> = {
  improved: EXIT.passed,
  equivalent: EXIT.passed,
  regressed: EXIT.failed,
  inconclusive: EXIT.inconclusive,
}

export const compare: Command = {
  name: 'compare',
  operands: { usage: '<baseline.json>...', least: 1, most: Infinity },
  operandsAfterDashes: { usage: '<candidate.json>...', least: 1, most: Infinity, notWith: ['run'] },
  otherUsage: '[flags] --run <base URL> <candidate URL>',
  purpose: 'Compare the runs of two deploys, or make those runs in pairs first.',
  details:
    'Ends with 0 when the candidate is equivalent or improved, 99 when it regressed, 3 when the runs do not decide. ' +
    'Reports of different environments or scenarios are refused. Flags stand before the --.\n\n' +
    'With --run it loads both targets in turn, base and candidate with the same arrivals, looks after 3, 5, 8 and 12 pairs, ' +
    'and ends as soon as that decides.',
  flags: {
    run: {
      kind: 'switch',
      does: 'the words are two URLs, or one twice: load them in pairs and compare that',
      group: 'Comparison',
    },
    paired: {
      kind: 'switch',
      does: 'the first baseline belongs to the first candidate, and so on (default: only if the runs were interleaved)',
      group: 'Comparison',
    },
    ...MARGIN_FLAGS,
    force: {
      kind: 'switch',
      does: 'compare although environments or scenarios differ, and show what differs',
      group: 'Comparison',
    },
    pairs: { kind: 'text', does: `at most so many pairs of runs (default: ${MOST_PAIRS})`, group: SERIES },
    ...seriesFlags(SERIES),
    format: { kind: 'text', does: `${NAMES} (default: terminal)`, group: 'Output' },
    out: { kind: 'text', letter: 'o', does: 'file to write to (default: standard output)', group: 'Output' },
    quiet: { kind: 'switch', does: 'with --run: do not tell of the runs as they go', group: 'Output' },
    'no-color': { kind: 'switch', does: 'no colours (as with NO_COLOR set)', group: 'Output' },
  },
  examples: [
    ['compare base-*.json -- new-*.json', 'is the new version worse?'],
    ['compare --run http://127.0.0.1:8080/ http://127.0.0.1:8081/', 'the same, with the runs made now'],
  ],
  async run(words, effects) {
    const wish = {
      judging: { margins: readMargins(words), force: words.isOn('force') },
      perSide: readPerSide(words),
      asPaired: words.isOn('paired'),
      out: words.text('out'),
      render: words.parsed('format', FORMAT) ?? COMPARISON_FORMATS.terminal,
      isPlain: words.isOn('no-color'),
    }
    return words.isOn('run') ? comparePairs(words, wish, effects) : compareReports(words, wish, effects)
  },
}

interface CompareWish {
  readonly judging: Judging
  readonly perSide: number
  readonly asPaired: boolean
  readonly out: string | undefined
  readonly render: ComparisonFormat
  readonly isPlain: boolean
}

async function compareReports(words: GivenWords, wish: CompareWish, effects: Effects): Promise<ExitCode> {
  const { terminal } = effects
  const [base, candidate] = [
    await openRuns(words.operands, effects.files),
    await openRuns(words.operandsAfterDashes, effects.files),
  ]
  const alone = RUN_ONLY.filter(flag => words.isOn(flag) || words.texts(flag).some(text => text !== 'false'))
  const problems = [...words.problems, ...alone.map(withoutRun), ...base.problems, ...candidate.problems]
  if (problems.length > 0) return refuse(problems, terminal)
  const compared = compareRuns(base.runs, candidate.runs, {
    ...wish.judging,
    perSide: wish.perSide,
    asPaired: wish.asPaired,
  })
  return compared.ok ? deliver(compared.value, wish, effects) : refuse(compared.problems, terminal)
}

async function comparePairs(words: GivenWords, wish: CompareWish, effects: Effects): Promise<ExitCode> {
  const { terminal } = effects
  const urls = [...words.operands, ...words.operandsAfterDashes]
  const series = readSeriesWish(words, urls)
  const mostPairs = readPairs(words) ?? MOST_PAIRS
  if (urls.length !== 2) words.problems.push(notTwo(urls.length))
  if (wish.asPaired) words.problems.push(PAIRED_ANYWAY)
  const problems = [
    ...words.problems,
    ...(words.problems.length > 0 ? [] : await checkSeries(series, effects)),
  ]
  if (problems.length > 0) return refuse(problems, terminal)
  const say = words.isOn('quiet') ? (): void => undefined : terminal.tell
  const voice: Voice = { say, isQuiet: true, isJson: false, colour: false, columns: terminal.tellColumns }
  const ready = await readySeries(series, voice, effects)
  if ('exit' in ready) return ready.exit
  const looks = looksOf(mostPairs, wish.perSide)
  const { comparison, problems: refused, exit } = await runSeries(ready, looks, wish.judging, voice, effects)
  if (refused !== undefined) return refuse(refused, terminal)
  if (comparison === undefined) return exit ?? EXIT.inconclusive
  const delivered = await deliver(comparison, wish, effects)
  return exit ?? delivered
}

async function deliver(
  comparison: Comparison,
  { out, render, isPlain }: CompareWish,
  { terminal, files }: Effects,
): Promise<ExitCode> {
  const { verdict } = comparison
  const colour = terminal.colour && out === undefined && !isPlain
  const text = await render(comparison, { columns: terminal.columns, colour }, files)
  if (out === undefined) {
    terminal.print(text)
    return EXIT_CODES[verdict]
  }
  try {
    await files.replace(out, text)
  } catch (error) {
    const message = `${out} cannot be written: ${(error as Error).message}`
    const fix = 'name a file in a folder that you may write to'
    return refuse([{ code: 'compare/cannot-write', message, fix, at: { file: '--out' } }], terminal)
  }
  terminal.tell(`${verdict}; wrote ${out}\n`)
  return EXIT_CODES[verdict]
}

const withoutRun = (flag: string): Problem => ({
  code: 'compare/without-run',
  message: `--${flag} is for runs that are made now; reports are compared as they are`,
  fix: `leave it out, or give two URLs and --run`,
  at: { file: `--${flag}` },
})

const notTwo = (given: number): Problem => ({
  code: 'compare/not-two',
  message: `--run needs two URLs, the base's and the candidate's; ${given === 0 ? 'none is' : `${given} are`} given`,
  fix: 'write plimsoll compare --run <base URL> <candidate URL>; the same one twice is an A/A test (plimsoll aa)',
  at: { file: '--run' },
})

const PAIRED_ANYWAY: Problem = {
  code: 'compare/paired-anyway',
  message: '--paired says how reports belong together; the runs of --run are made in pairs',
  fix: 'leave it out',
  at: { file: '--paired' },
}
