import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './repository.ts'

const DOCUMENT = join(ROOT, 'docs', 'benchmarks.md')

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

export const readSection = (name: string): string => sectionOf(readFileSync(DOCUMENT, 'utf8'), name)

export function writeSection(name: string, text: string): void {
  writeFileSync(DOCUMENT, withSection(readFileSync(DOCUMENT, 'utf8'), name, text))
}
