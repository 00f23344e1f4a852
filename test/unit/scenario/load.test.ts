import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadScenario } from '../../../src/scenario/load.ts'
import { placed, STAGES } from './reading.ts'

let folder = ''
const text = `target: http://shop.test\n${STAGES}\n`

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-scenario-'))
  writeFileSync(join(folder, 'launch.yaml'), text)
  writeFileSync(join(folder, 'broken.yml'), 'target: shop\n')
  writeFileSync(join(folder, 'notes.txt'), 'none')
})
afterAll(() => rmSync(folder, { recursive: true }))

test('a file gives its plan, its text and the SHA-256 of the text', async () => {
  const loaded = await loadScenario(join(folder, 'launch.yaml'), { seed: 4 })
  const digest = createHash('sha256').update(text).digest('hex')
  expect(loaded).toMatchObject({ ok: true, value: { text, digest, plan: { name: 'launch', seed: 4 } } })
})

test('problems name the file as it was given', async () => {
  const path = join(folder, 'broken.yml')
  const loaded = await loadScenario(path, {})
  expect(loaded.ok ? [] : loaded.problems.map(placed)).toEqual([
    `${path}:1:1 scenario/stages-missing`,
    `${path}:1:9 scenario/target-scheme`,
  ])
})

test('a missing file is a problem that names the scenarios beside it, the nearest first', async () => {
  const path = join(folder, 'lanch.yaml')
  expect(await loadScenario(path, {})).toEqual({
    ok: false,
    problems: [
      {
        code: 'scenario/unreadable',
        message: 'there is no such file',
        fix: `did you mean ${join(folder, 'launch.yaml')} or ${join(folder, 'broken.yml')}?`,
        at: { file: path },
      },
    ],
  })
})

test('a folder that is not there, or is none, is a problem too', async () => {
  const nowhere = await loadScenario(join(folder, 'nowhere', 'a.yaml'), {})
  expect(nowhere.ok ? '' : nowhere.problems[0]!.fix).toBe('write a starter file with: plimsoll init')
  const notAFolder = await loadScenario(join(folder, 'notes.txt', 'a.yaml'), {})
  expect(notAFolder.ok ? '' : notAFolder.problems[0]!.message).toBe('there is no such file')
})

test('a folder in place of a file names the scenarios inside', async () => {
  const loaded = await loadScenario(folder, {})
  expect(loaded.ok ? '' : loaded.problems[0]!.fix).toContain(join(folder, 'launch.yaml'))
})
