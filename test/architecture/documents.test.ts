import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EXIT, EXIT_CODE_TABLE } from '../../src/cli/exit-code.ts'
import { MAY_IMPORT, PURE } from './may-import.ts'
import { ROOT } from './source-files.ts'

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

const DOCUMENTS = ['.', 'docs', 'docs/decisions', 'reports', 'scenarios'].flatMap(folder =>
  readdirSync(join(ROOT, folder))
    .filter(file => file.endsWith('.md'))
    .map(file => join(folder, file)),
)

/** Rows of the first table after `heading`, cell by cell, without its head. */
function rowsAfter(text: string, heading: string): string[][] {
  const lines = text.slice(text.indexOf(heading)).split('\n')
  const first = lines.findIndex(line => line.startsWith('|'))
  const length = lines.slice(first).findIndex(line => !line.startsWith('|'))
  const rows = lines.slice(first + 2, length < 0 ? undefined : first + length)
  return rows.map(row =>
    row
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim()),
  )
}

const quoted = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(match => match[1]!)

describe('ARCHITECTURE.md', () => {
  const table = rowsAfter(read('ARCHITECTURE.md'), '## Who may import whom')

  test('draws the import table as the test has it', () => {
    const drawn = table.map(
      ([folder, , allowed]) => [quoted(folder!)[0], quoted(allowed!).toSorted()] as const,
    )
    const wanted = Object.entries(MAY_IMPORT).map(([folder, allowed]) => [folder, allowed.toSorted()])
    expect(Object.fromEntries(drawn)).toEqual(Object.fromEntries(wanted))
  })

  test('ticks the pure folders and no others', () => {
    const ticked = table.filter(([, , , pure]) => pure === '✔').map(([folder]) => quoted(folder!)[0]!)
    expect(ticked.toSorted()).toEqual(PURE.toSorted())
  })
})

describe.each(DOCUMENTS)('%s', document => {
  test('links to files that exist', () => {
    const links = [...read(document).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(
      match => match[1]!,
    )
    expect(links.filter(link => !existsSync(join(ROOT, dirname(document), link)))).toEqual([])
  })

  test('names files and folders of the repository that exist', () => {
    const named = quoted(read(document)).filter(
      name => /^(src|test|docs|bin|scenarios|bench|\.ci)\/[\w./-]*$/.test(name) && !name.includes('…'),
    )
    expect(named.filter(name => !existsSync(join(ROOT, name)))).toEqual([])
  })
})

test('the glossary lists each term once, in the order of the alphabet', () => {
  const terms = rowsAfter(read('docs/glossary.md'), '# Glossary').map(([term]) => term!)
  expect(terms).toEqual([...new Set(terms)].sort((a, b) => a.localeCompare(b, 'en')))
})

test('README.md has the exit codes that the program has', () => {
  const rows = rowsAfter(read('README.md'), '## Exit codes')
  const codes = rows.flatMap(([codes]) => codes!.split(',').map(Number))
  expect(codes).toEqual(Object.values(EXIT))
  for (const [, name] of rows) expect(EXIT_CODE_TABLE).toContain(name)
})
