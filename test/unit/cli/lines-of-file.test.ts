import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { linesOfFile } from '../../../src/cli/lines-of-file.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plimsoll-lines-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function linesOf(text: string): Promise<string[]> {
  const path = join(folder, 'text')
  await writeFile(path, text)
  return [...linesOfFile(path)]
}

test('lines without what breaks them; the last may lack it', async () => {
  expect(await linesOf('a\r\nb\n\nç')).toEqual(['a', 'b', '', 'ç'])
  expect(await linesOf('a\n')).toEqual(['a'])
  expect(await linesOf('')).toEqual([])
})

test('longer than what is read at once, a character of three bytes on each border', async () => {
  const lines = Array.from({ length: 3000 }, (_, i) => `line ${i} ${'€'.repeat(300)}`)
  expect(await linesOf(lines.join('\n'))).toEqual(lines)
})

test('a line without end is cut, and those after it are whole', async () => {
  const lines = await linesOf(`${'x'.repeat(3_000_000)}\nnext\n`)
  expect(lines.map(({ length }) => length)).toEqual([65_536, 4])
})
