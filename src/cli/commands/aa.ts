import { fewestFound, isFair, mostFalse, tallyOf } from '../../compare/aa-tally.ts'
import type { AaTally } from '../../compare/aa-tally.ts'
import type { Comparison } from '../../compare/comparison.ts'
import { USUAL_PER_SIDE, MARGIN_FLAGS, readMargins } from '../margin-flags.ts'
import { pairTrial } from '../../scenario/pair-trial.ts'
import { readScenario } from '../../scenario/read-scenario.ts'
import { formatShare } from '../../units/format.ts'
import type { Plan } from '../../plan/plan.ts'
import { BETWEEN_RUNS, comparePairsVirtually } from '../../virtual/pair-series.ts'
import type { Command } from '../command.ts'
import type { Effects } from '../effects.ts'
import { EXIT } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import { SEED, wholeNumber } from '../given-words.ts'
import type { GivenWords } from '../given-words.ts'
import { refuse } from '../refuse.ts'
import { readySeries, runSeries } from '../run-series.ts'
import type { Judging } from '../run-series.ts'
import { checkSeries } from '../series-trial.ts'
import { readPairs, readSeriesWish, seriesFlags } from '../series-wish.ts'
import type { Voice } from '../voice.ts'

const PAIRS = 5
/** Without a target, as many as it takes to tell a rate of 2.5 % from twice that. */
const VIRTUAL_COMPARISONS = 200
const SERVER_RATE = 600
const SLOWER = 0.12
const SERIES = 'Runs'

export const aa: Command = {
  name: 'aa',
  operands: { usage: '[URL]', least: 0, most: 1 },
  purpose: 'Compare a target with itself, to see how often compare cries wolf.',
  details:
    'Every verdict regressed or improved is then a false one; at most 2.5 % of the comparisons may come to either. Without a URL ' +
    'it is a server in virtual time that ships with plimsoll, and the same server with 12 % more service time has to be found as well: ' +
    'some six minutes, no network. Ends with 0 when the verdicts hold, 99 when they do not.',
  flags: {
    comparisons: {
      kind: 'text',
      letter: 'n',
      does: `how many (default: 1 with a URL, else ${VIRTUAL_COMPARISONS})`,
      group: 'Comparison',
    },
    pairs: { kind: 'text', does: `pairs of runs in each (default: ${PAIRS})`, group: 'Comparison' },
    margin: MARGIN_FLAGS.margin,
    ...seriesFlags(SERIES),
    quiet: { kind: 'switch', does: 'print the result only', group: 'Output' },
  },
  examples: [
    ['aa', 'prove it on the server that ships with plimsoll'],
    ['aa http://127.0.0.1:8080/ -n 3', 'how far do runs of my own target scatter?'],
  ],
  async run(words, effects) {
    const pairs = readPairs(words) ?? PAIRS
    const asked = words.parsed('comparisons', wholeNumber(1, 1000, '10'))
    const judging: Judging = { margins: readMargins(words), force: false }
    const { terminal } = effects
    const say = words.isOn('quiet') ? (): void => undefined : terminal.tell
    const voice: Voice = { say, isQuiet: true, isJson: false, colour: false, columns: terminal.tellColumns }
    const [url] = words.operands
    return url === undefined
      ? testVirtually(words, { pairs, comparisons: asked ?? VIRTUAL_COMPARISONS }, judging, voice, effects)
      : testTarget(words, { pairs, comparisons: asked ?? 1 }, judging, voice, effects)
  },
}

interface Extent {
  readonly pairs: number
  readonly comparisons: number
}

/** Of the flags of a series, those that mean something in virtual time. */
const MEANINGFUL: ReadonlySet<string> = new Set(['seed'])

function testVirtually(
  words: GivenWords,
  { pairs, comparisons }: Extent,
  judging: Judging,
  voice: Voice,
  { terminal, machine }: Effects,
): ExitCode {
  const seed = words.parsed('seed', SEED) ?? machine.randomSeed()
  const idle = Object.keys(seriesFlags(SERIES)).filter(
    flag => !MEANINGFUL.has(flag) && (words.isOn(flag) || words.texts(flag).some(text => text !== 'false')),
  )
  words.problems.push(
    ...idle.map(flag => ({
      code: 'aa/without-url',
      message: `--${flag} is for runs against a target, and none is given`,
      fix: 'give a URL, or leave it out',
      at: { file: `--${flag}` },
    })),
  )
  if (words.problems.length > 0) return refuse(words.problems, terminal)
  const tallies = [0, SLOWER].map(slower => {
    const what = slower === 0 ? 'equal' : `+${formatShare(slower)}`
    const found: Comparison[] = []
    for (let n = 0; n < comparisons; n += 1) {
      const experiment = { planFor: planOfTrial, rate: SERVER_RATE, slower, betweenRuns: BETWEEN_RUNS }
      found.push(comparePairsVirtually(experiment, seed + n, [{ pairs, perSide: USUAL_PER_SIDE }], judging))
      if ((n + 1) % 20 === 0) voice.say(`${what}: ${n + 1} of ${comparisons}\n`)
    }
    return tallyOf(found, pairs)
  })
  const [equal, slower] = tallies as [AaTally, AaTally]
  const finds = slower.verdicts.regressed >= fewestFound(comparisons)
  terminal.print(
    `A server in virtual time against itself, ${extent({ pairs, comparisons })}, seed ${seed}\n` +
      `${tallyLines(equal)}${scatterLine(equal, pairs)}\n` +
      `The same server against one with ${formatShare(SLOWER)} more service time\n` +
      `  regressed     ${slower.verdicts.regressed}   (at least ${fewestFound(comparisons)} where nine of ten are found)\n\n` +
      `${verdictLine(equal)}${finds ? '' : 'It finds too few changes: the pairs scatter too much for so few of them.\n'}`,
  )
  return isFair(equal) && finds ? EXIT.passed : EXIT.failed
}

const planOfTrial = (seed: number): Plan => {
  const text = pairTrial({
    name: 'virtual',
    target: 'http://127.0.0.1:80',
    path: '/',
    kneeRps: SERVER_RATE,
    overloads: true,
  })
  const read = readScenario(text, 'trial.yaml', { seed })
  if (read.ok) return read.value
  throw new Error(read.problems.map(({ message }) => message).join('; '))
}

async function testTarget(
  words: GivenWords,
  { pairs, comparisons }: Extent,
  judging: Judging,
  voice: Voice,
  effects: Effects,
): Promise<ExitCode> {
  const { terminal } = effects
  const wish = readSeriesWish(words, words.operands)
  const problems = [...words.problems, ...(words.problems.length > 0 ? [] : await checkSeries(wish, effects))]
  if (problems.length > 0) return refuse(problems, terminal)
  const ready = await readySeries(wish, voice, effects)
  if ('exit' in ready) return ready.exit
  const found: Comparison[] = []
  let ended: ExitCode | undefined
  for (let n = 0; n < comparisons && ended === undefined; n += 1) {
    const folder = comparisons === 1 ? ready.folder : `${ready.folder}/${n + 1}`
    const looks = [{ pairs, perSide: USUAL_PER_SIDE }]
    const one = await runSeries({ ...ready, folder, seed: ready.seed + n }, looks, judging, voice, effects)
    if (one.problems !== undefined) return refuse(one.problems, terminal)
    ended = one.exit
    if (one.comparison === undefined || ended !== undefined) break
    found.push(one.comparison)
    voice.say(`comparison ${n + 1} of ${comparisons}: ${one.comparison.verdict}\n`)
  }
  if (found.length === 0) return ended ?? EXIT.inconclusive
  const tally = tallyOf(found, pairs)
  terminal.print(
    `${wish.urls.base} against itself, ${extent({ pairs, comparisons: found.length })}, seed ${ready.seed}\n` +
      `${tallyLines(tally)}${scatterLine(tally, pairs)}\n${verdictLine(tally)}`,
  )
  return ended ?? (isFair(tally) ? EXIT.passed : EXIT.failed)
}

const extent = ({ pairs, comparisons }: Extent): string =>
  `${comparisons} ${comparisons === 1 ? 'comparison' : 'comparisons'} of ${pairs} pairs`

function tallyLines({ comparisons, verdicts }: AaTally): string {
  const limit = `(chance allows ${mostFalse(comparisons)})`
  return (
    `  regressed     ${verdicts.regressed}   ${limit}\n` +
    `  improved      ${verdicts.improved}   ${limit}\n` +
    `  equivalent    ${verdicts.equivalent}\n` +
    `  inconclusive  ${verdicts.inconclusive}\n`
  )
}

const scatterLine = ({ pairSd, findable }: AaTally, pairs: number): string =>
  pairSd === null || findable === null
    ? ''
    : `Pairs scatter by ${formatShare(pairSd)}: with ${pairs} of them, nine of ten changes of ${formatShare(findable)} are found.\n`

const verdictLine = (tally: AaTally): string =>
  isFair(tally)
    ? 'The verdicts hold: no more of them are false than chance allows.\n'
    : 'The verdicts do not hold: more of them are false than chance allows.\n'
