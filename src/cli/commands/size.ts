import { sizeSystem } from '../../sizing/size-system.ts'
import type { SizingAnswer } from '../../sizing/sizing-answer.ts'
import type { Problem } from '../../units/problem.ts'
import type { Command } from '../command.ts'
import type { Effects } from '../effects.ts'
import { EXIT } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import type { Wanted } from '../given-words.ts'
import { openMeasured } from '../open-measured.ts'
import { refuse } from '../refuse.ts'
import { SIZE_FLAGS } from '../size-flags.ts'
import { SIZE_FORMATS } from '../size-formats.ts'
import type { SizeFormat } from '../size-formats.ts'
import { CONFIGURATION_FLAGS, keepConfigurations, readConfigurationWish } from '../size-configuration.ts'
import type { ConfigurationWish } from '../size-configuration.ts'
import { readBackends, readSizeQuestion } from '../size-question.ts'
import { WISH_FLAGS, readWish, unknownRequests } from '../size-wish.ts'
import { prove } from '../verify/prove.ts'
import { readProof } from '../verify/read-proof.ts'
import { VERIFY_FLAGS } from '../verify/verify-flags.ts'

const FORMATS: ReadonlyMap<string, SizeFormat> = new Map(Object.entries(SIZE_FORMATS))
const NAMES = Object.keys(SIZE_FORMATS).join(', ')

const FORMAT: Wanted<SizeFormat> = {
  parse: text => FORMATS.get(text),
  expected: `one of ${NAMES}`,
  example: 'markdown',
}

export const size: Command = {
  name: 'size',
  operands: { usage: '<report.json>...', least: 1, most: Infinity },
  purpose: 'Say what carries a peak: backends or a CDN, and what to set at the gateway.',
  details:
    'Takes the reports of runs that found a knee. Reports with several numbers of backends show what they take ' +
    'from one another. Ends with 0 when an option holds the peak, 99 when none does, 3 when it cannot be said.',
  flags: {
    ...SIZE_FLAGS,
    ...WISH_FLAGS,
    ...VERIFY_FLAGS,
    ...CONFIGURATION_FLAGS,
    format: { kind: 'text', does: `${NAMES} (default: terminal)`, group: 'Output' },
    out: { kind: 'text', letter: 'o', does: 'file to write to (default: standard output)', group: 'Output' },
    'no-color': { kind: 'switch', does: 'no colours (as with NO_COLOR set)', group: 'Output' },
  },
  examples: [
    ['size reports/shop.json --peak 5000/s --growth 30%', 'how many backends?'],
    [
      'size one.json two.json --backends 1,2 --peak 5000/s --simulate',
      'with what they take from one another, and the p99 of each option',
    ],
  ],
  async run(words, effects) {
    const { terminal, files } = effects
    const out = words.text('out')
    const render = words.parsed('format', FORMAT) ?? SIZE_FORMATS.terminal
    const colour = terminal.colour && out === undefined && !words.isOn('no-color')
    const question = readSizeQuestion(words, effects)
    const wish = readWish(words)
    const configuration = readConfigurationWish(words)
    const proof = await readProof(words, effects)
    const backends = readBackends(words, words.operands.length)
    const { measured, problems: unread } = await openMeasured(words.operands, backends, files)
    const systems = measured.flatMap(one => (one.ok ? one.system : []))
    const unknown = wish.cdn === null ? [] : unknownRequests(wish.cdn, systems)
    const wrong = [...words.problems, ...unread, ...unknown]
    if (question === undefined || wrong.length > 0) return refuse(wrong, terminal)
    const leftOut = measured.flatMap(one => (one.ok ? [] : one.leftOut))
    const { answer, exit } = await prove(sizeSystem(question, systems, leftOut, wish), proof, effects)
    const text = await render(answer, { columns: terminal.columns, colour }, files)
    const problems = await deliver(text, out, effects)
    if (problems.length > 0) return refuse(problems, terminal)
    return configuration === undefined ? exit : configure(answer, exit, configuration, effects)
  },
}

async function deliver(
  text: string,
  out: string | undefined,
  { terminal, files }: Effects,
): Promise<readonly Problem[]> {
  if (out === undefined) {
    terminal.print(text)
    return []
  }
  try {
    await files.replace(out, text)
  } catch (error) {
    const message = `${out} cannot be written: ${(error as Error).message}`
    const fix = 'name a file in a folder that you may write to'
    return [{ code: 'size/cannot-write', message, fix, at: { file: '--out' } }]
  }
  terminal.tell(`wrote ${out}\n`)
  return []
}

/** Without limits there is nothing to configure, whatever else can be said. */
async function configure(
  { sized, verdict, because }: SizingAnswer,
  exit: ExitCode,
  wish: ConfigurationWish,
  effects: Effects,
): Promise<ExitCode> {
  const { terminal } = effects
  const limits = sized?.limits ?? null
  if (limits === null) {
    terminal.tell(`no configuration was written: ${sized?.limitsBecause ?? because}\n`)
    return verdict === 'fails' ? EXIT.failed : EXIT.inconclusive
  }
  const problems = await keepConfigurations(limits, wish, effects)
  return problems.length > 0 ? refuse(problems, terminal) : exit
}
