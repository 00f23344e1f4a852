import yargs from 'yargs'
import type { Argv } from 'yargs'
import type { Problem } from '../units/problem.ts'
import type { Command } from './command.ts'
import { nearest } from '../units/nearest.ts'
import { EXIT_CODE_TABLE } from './exit-code.ts'
import { givenWords } from './given-words.ts'
import type { GivenWords, ParsedWords } from './given-words.ts'

/** What the words ask for: a text to print (help, version), or a command with its words. */
export type Asked =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'nothing'; readonly help: string }
  | { readonly kind: 'unknown'; readonly problem: Problem }
  | { readonly kind: 'command'; readonly command: Command; readonly words: GivenWords }

const HELP_COLUMNS = 80
/** Keys under which yargs gives what is no flag. */
const OPERAND_KEYS = ['_', '--', '$0']
/** Flags of every command, declared by yargs itself. */
const EVERYWHERE = ['help', 'h', 'version']

/** yargs reads the words and lays out the help; what is wrong with them is said by us, as problems, all at once. */
export async function readCommandLine(
  words: readonly string[],
  commands: readonly Command[],
  version: string,
): Promise<Asked> {
  let text = ''
  let chosen: Command | undefined
  const parser = describeProgram(version)
  for (const command of commands) {
    parser.command(command.name, command.purpose, describeCommand(command), () => {
      chosen = command
    })
  }
  const parsed = (await parser.parseAsync([...words], {}, (_error, _parsed, output) => {
    text = output
  })) as ParsedWords
  if (text !== '') return { kind: 'text', text: `${text}\n` }
  if (chosen !== undefined) {
    const words = splitAtDashes(parsed, chosen)
    return { kind: 'command', command: chosen, words: givenWords(words, misfits(words, chosen)) }
  }
  const [name] = parsed._
  const stray = Object.keys(parsed).find(key => !OPERAND_KEYS.includes(key) && !EVERYWHERE.includes(key))
  if (name === undefined && stray !== undefined) return { kind: 'unknown', problem: strayFlag(stray) }
  if (name === undefined) return { kind: 'nothing', help: `${await parser.getHelp()}\n` }
  return { kind: 'unknown', problem: unknownCommand(name, commands) }
}

/** For most commands `--` only ends the flags. */
function splitAtDashes({ '--': after = [], ...parsed }: ParsedWords, command: Command): ParsedWords {
  const words: ParsedWords = { ...parsed, _: parsed._ }
  return command.operandsAfterDashes === undefined
    ? { ...words, _: [...words._, ...after] }
    : { ...words, '--': after }
}

/** Where operands stand behind `--`, flags have to stand before them. */
function usageOf({ operands, operandsAfterDashes }: Command): readonly string[] {
  return operandsAfterDashes === undefined
    ? [operands.usage, '[flags]']
    : ['[flags]', operands.usage, '--', operandsAfterDashes.usage]
}

const EXAMPLES: Command['examples'] = [
  ['demo', 'see it work, in under two minutes'],
  ['init --target http://127.0.0.1:8080', 'write a scenario to start from'],
  ['run scenario.yaml --peak 5000/s', 'measure, judge, size for a peak'],
]

/** On lines of their own, so that none is broken in the middle and each can be copied. */
function examples(pairs: Command['examples']): string {
  return ['Examples:', ...pairs.flatMap(([words, does]) => [`  $0 ${words}`, `      ${does}`])].join('\n')
}

/** yargs 18 can leave out the `[string]` behind every flag; its published types do not know of it yet. */
type Configurable = Argv & { usageConfiguration(configuration: { readonly 'hide-types': boolean }): Argv }

function describeProgram(version: string): Argv {
  return (yargs() as Configurable)
    .usageConfiguration({ 'hide-types': true })
    .scriptName('plimsoll')
    .locale('en')
    .usage(
      'Usage: $0 <command> [flags]\n\n' +
        'Finds how much load a web system carries: the rate at which its capacity is used\n' +
        'up (the knee), the rate at which 502s begin, and what would carry more.',
    )
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'short-option-groups': false,
      'populate--': true,
    })
    .wrap(HELP_COLUMNS)
    .epilogue([examples(EXAMPLES), EXIT_CODE_TABLE, "A command's own help: $0 <command> --help"].join('\n\n'))
    .exitProcess(false)
    .version(version)
    .describe('version', 'print the version')
    .help()
    .alias('help', 'h')
    .describe('help', 'print this help')
}

function describeCommand(command: Command): (parser: Argv) => Argv {
  return parser => {
    const usage = ['$0', command.name, ...usageOf(command)].filter(part => part !== '')
    const other = command.otherUsage === undefined ? '' : `\nor:    $0 ${command.name} ${command.otherUsage}`
    const paragraphs = [`Usage: ${usage.join(' ')}${other}`, command.purpose, command.details]
    parser.usage(paragraphs.filter(part => part !== undefined).join('\n\n'))
    for (const [name, { kind, does, group, letter }] of Object.entries(command.flags)) {
      parser.option(name, {
        describe: does,
        group: `${group}:`,
        ...(kind === 'switch' ? { boolean: true } : { string: true }),
        ...(letter === undefined ? {} : { alias: letter }),
      })
    }
    return parser.epilogue(examples(command.examples))
  }
}

/** Unknown flags, and too few or too many operands. */
function misfits(parsed: ParsedWords, command: Command): readonly Problem[] {
  const letters = Object.values(command.flags).flatMap(flag => flag.letter ?? [])
  const known = [...Object.keys(command.flags), ...letters, ...EVERYWHERE]
  const unknown = Object.keys(parsed).filter(key => !OPERAND_KEYS.includes(key) && !known.includes(key))
  const problems = unknown.map(flag => unknownFlag(flag, command, known))
  const given = parsed._.length - 1
  const { most, usage, notWith = [] } = command.operands
  const isGiven = (flag: string): boolean => parsed[flag] !== undefined && parsed[flag] !== false
  const least = notWith.some(isGiven) ? 0 : command.operands.least
  // An unknown flag may have taken the operand for its value; then the flag is the one thing to repair.
  const swallowed = unknown.some(flag => typeof parsed[flag] === 'string')
  if (given < least && !swallowed) problems.push(missingOperand(command.name, usage, usageOf(command)))
  for (const extra of parsed._.slice(1 + most)) problems.push(extraOperand(extra, command))
  return [...problems, ...misfitsAfterDashes(parsed['--'] ?? [], command, isGiven)]
}

/** Behind `--` nothing is a flag any more; one that stands there was surely meant as one. */
function misfitsAfterDashes(
  after: readonly string[],
  command: Command,
  isGiven: (flag: string) => boolean,
): readonly Problem[] {
  const { name, operandsAfterDashes } = command
  if (operandsAfterDashes === undefined) return []
  const flags = after.filter(word => word.startsWith('-'))
  const { usage, notWith = [] } = operandsAfterDashes
  const least = notWith.some(isGiven) ? 0 : operandsAfterDashes.least
  return [
    ...flags.map(flag => flagBehindDashes(flag, command)),
    ...(after.length - flags.length < least
      ? [missingOperand(name, `${usage} after --`, usageOf(command))]
      : []),
  ]
}

const flagBehindDashes = (flag: string, { name, operandsAfterDashes }: Command): Problem => ({
  code: 'usage/flag-behind-dashes',
  message: `${flag} stands behind the --, where only ${operandsAfterDashes?.usage} may stand`,
  fix: `write it before the --: plimsoll ${name} ${flag} …; for a file of that name write ./${flag}`,
  at: { file: flag },
})

function unknownFlag(flag: string, command: Command, known: readonly string[]): Problem {
  const dashed = (name: string): string => (name.length === 1 ? `-${name}` : `--${name}`)
  const near = nearest(flag, known)
  return {
    code: 'usage/unknown-flag',
    message: `${dashed(flag)} is not a flag of plimsoll ${command.name}`,
    fix: near === undefined ? `see plimsoll ${command.name} --help` : `did you mean ${dashed(near)}?`,
    at: { file: dashed(flag) },
  }
}

const strayFlag = (flag: string): Problem => {
  const dashed = flag.length === 1 ? `-${flag}` : `--${flag}`
  return {
    code: 'usage/unknown-flag',
    message: `${dashed} is not a flag of plimsoll itself, and no command is named`,
    fix: 'write plimsoll <command> [flags]; see plimsoll --help',
    at: { file: dashed },
  }
}

function unknownCommand(name: string, commands: readonly Command[]): Problem {
  const names = commands.map(command => command.name)
  const near = nearest(name, names)
  return {
    code: 'usage/unknown-command',
    message: `there is no command ${JSON.stringify(name)}; there are ${names.join(', ')}`,
    fix: near === undefined ? 'see plimsoll --help' : `did you mean plimsoll ${near}?`,
    at: { file: 'plimsoll' },
  }
}

const missingOperand = (command: string, usage: string, whole: readonly string[]): Problem => ({
  code: 'usage/missing-operand',
  message: `plimsoll ${command} needs ${usage}`,
  fix: `write plimsoll ${[command, ...whole.filter(part => part !== '[flags]')].join(' ')}; plimsoll ${command} --help has examples`,
  at: { file: `plimsoll ${command}` },
})

const extraOperand = (extra: string, { name, operands }: Command): Problem => ({
  code: 'usage/extra-operand',
  message: `plimsoll ${name} does not know what to do with ${JSON.stringify(extra)}`,
  fix: `write plimsoll ${[name, operands.usage].join(' ').trim()}; see plimsoll ${name} --help`,
  at: { file: `plimsoll ${name}` },
})
