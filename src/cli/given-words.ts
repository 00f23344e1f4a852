import type { Problem } from '../units/problem.ts'

/** What yargs makes of the words: a value per flag, the rest under `_`. */
export type ParsedWords = Readonly<Record<string, unknown>> & {
  readonly _: readonly string[]
  /** What stands after `--`; absent without. */
  readonly '--'?: readonly string[]
}

/**
 * The words of one command. Reading a value that is wrong gives undefined and adds a problem, so that a command
 * reads all of them first and then refuses once, with everything that stands in its way.
 */
export interface GivenWords {
  readonly operands: readonly string[]
  /** What stands after `--`, for commands that tell the two apart. */
  readonly operandsAfterDashes: readonly string[]
  /** Commands add what only they can see. */
  readonly problems: Problem[]
  isOn(flag: string): boolean
  text(flag: string): string | undefined
  texts(flag: string): readonly string[]
  /** `parse` gives undefined for a text that is not `expected`, e.g. a rate; `example` is one that is. */
  parsed<Value>(flag: string, wanted: Wanted<Value>): Value | undefined
}

export interface Wanted<Value> {
  readonly parse: (text: string) => Value | undefined
  readonly expected: string
  readonly example: string
}

export function givenWords(parsed: ParsedWords, found: readonly Problem[]): GivenWords {
  const problems = [...found]
  const values = new Map<string, readonly string[]>()

  const texts = (flag: string): readonly string[] => {
    const known = values.get(flag)
    if (known !== undefined) return known
    const given = listOf(parsed[flag]).map(String)
    if (given.includes('')) problems.push(withoutValue(flag))
    const filled = given.filter(text => text !== '')
    values.set(flag, filled)
    return filled
  }
  const text = (flag: string): string | undefined => {
    const isNew = !values.has(flag)
    const all = texts(flag)
    if (isNew && all.length > 1) problems.push(givenTwice(flag, all))
    return all.at(-1)
  }

  return {
    operands: parsed._.slice(1),
    operandsAfterDashes: parsed['--'] ?? [],
    problems,
    isOn: flag => listOf(parsed[flag]).at(-1) === true,
    text,
    texts,
    parsed(flag, { parse, expected, example }) {
      const given = text(flag)
      if (given === undefined) return undefined
      const value = parse(given)
      if (value === undefined) problems.push(wrongValue(flag, given, expected, example))
      return value
    },
  }
}

export function wholeNumber(least: number, most: number, example: string): Wanted<number> {
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} up` : `from ${least} to ${most}`
  return {
    parse(text) {
      const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
      return value >= least && value <= most ? value : undefined
    },
    expected: `a whole number ${range}`,
    example,
  }
}

export const SEED: Wanted<number> = wholeNumber(0, Number.MAX_SAFE_INTEGER, '7')

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

const withoutValue = (flag: string): Problem => ({
  code: 'usage/flag-without-value',
  message: `--${flag} says nothing: it needs a value after it`,
  fix: `write --${flag} and its value, or leave it out`,
  at: { file: `--${flag}` },
})

const givenTwice = (flag: string, all: readonly string[]): Problem => ({
  code: 'usage/flag-given-twice',
  message: `--${flag} is given ${all.length} times: ${all.join(', ')}`,
  fix: 'give it once',
  at: { file: `--${flag}` },
})

const wrongValue = (flag: string, given: string, expected: string, example: string): Problem => ({
  code: 'usage/wrong-value',
  message: `--${flag} is ${JSON.stringify(given)}; it takes ${expected}`,
  fix: `write, for example, --${flag} ${example}`,
  at: { file: `--${flag}` },
})
