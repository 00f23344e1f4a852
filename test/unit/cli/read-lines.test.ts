import { closeSync, openSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readLines } from '../../../src/cli/read-lines.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plimsoll-lines-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function linesOf(text: string): Promise<string[]> {
  const path = join(folder, 'text')
  await writeFile(path, text)
  const file = openSync(path, 'r')
  try {
    return [...readLines(file)]
  } finally {
    closeSync(file)
  }
}

test('lines come without their breaks; what has none at its end is left out', async () => {
  expect(await linesOf('one\n\nthree\nfour')).toEqual(['one', '', 'three'])
  expect(await linesOf('')).toEqual([])
})

test('a file of several pieces, with characters of two bytes across their edges, is the same lines', async () => {
  // 7 bytes a line, an odd number, so that the edge at a power of two falls within a character sooner or later.
  const lines = Array.from({ length: 400_000 }, (_, i) => (i % 2 === 0 ? 'üüü' : 'ééé'))
  expect(await linesOf(`${lines.join('\n')}\n`)).toEqual(lines)
})

test('one line longer than a piece stays one line', async () => {
  const long = 'x'.repeat(2.5 * 2 ** 20)
  expect(await linesOf(`${long}\nend\n`)).toEqual([long, 'end'])
})
