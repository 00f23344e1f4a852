import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './repository.ts'

/** The pages of `docs/` that benches write into. */
export type DocumentName = 'benchmarks.md' | 'accuracy.md'

const fileOf = (document: DocumentName): string => join(ROOT, 'docs', document)

const opening = (name: string): string => `<!-- ${name} -->`
const closing = (name: string): string => `<!-- /${name} -->`

/** What stands between the markers of a section. @throws Error when the markers are not there, in order. */
export function sectionOf(document: string, name: string): string {
  const from = document.indexOf(opening(name))
  const to = document.indexOf(closing(name))
  if (from < 0 || to < from) throw new Error(`no section between ${opening(name)} and ${closing(name)}`)
  return document.slice(from + opening(name).length, to).trim()
}

/** The document with another text between the markers; all else stays as it is. */
export function withSection(document: string, name: string, text: string): string {
  sectionOf(document, name)
  const from = document.indexOf(opening(name)) + opening(name).length
  return `${document.slice(0, from)}\n\n${text.trim()}\n\n${document.slice(document.indexOf(closing(name)))}`
}

/** The row of this run above those of the runs before it, at most `keep` in all. */
export const latestRows = (
  row: readonly string[],
  before: readonly (readonly string[])[],
  keep: number,
): (readonly string[])[] => [row, ...before].slice(0, keep)

/** A document that is made anew takes the sections along that others write. */
export function withKeptSections(made: string, before: string, names: readonly string[]): string {
  const kept = names.map(name => {
    const text = before.includes(opening(name)) ? sectionOf(before, name) : ''
    return [opening(name), ...(text === '' ? [] : [text]), closing(name)].join('\n\n')
  })
  return `${[made.trimEnd(), ...kept].join('\n\n')}\n`
}

export const readSection = (name: string, document: DocumentName = 'benchmarks.md'): string =>
  sectionOf(readFileSync(fileOf(document), 'utf8'), name)

export function writeSection(name: string, text: string, document: DocumentName = 'benchmarks.md'): void {
  const file = fileOf(document)
  writeFileSync(file, withSection(readFileSync(file, 'utf8'), name, text))
}
