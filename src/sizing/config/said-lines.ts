import { inert } from './inert.ts'

/** A line of configuration under the sentence that says where its value comes from. */
export const said = (from: string, line: string): readonly string[] => [`# ${inert(from)}`, line]

/** Sentences of our own, one a line. */
export const remarks = (...sentences: readonly string[]): readonly string[] =>
  sentences.map(sentence => `# ${inert(sentence)}`)

export const indented = (by: number, lines: readonly string[]): readonly string[] =>
  lines.map(line => (line === '' ? '' : `${' '.repeat(by)}${line}`))

export const textOf = (lines: readonly string[]): string => `${lines.join('\n')}\n`
