import { mkdtemp, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Appending, Effects } from '../../../src/cli/effects.ts'
import { nodeEffects } from '../../../src/cli/node-effects.ts'
import { openJournal } from '../../../src/cli/open-journal.ts'
import type { Journal } from '../../../src/cli/open-journal.ts'
import { launchReport } from '../../support/report-fixture.ts'

const { result } = launchReport()
const { windows } = result
const real = nodeEffects()

let folder: string
let told: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plimsoll-journal-'))
  told = ''
})
afterEach(() => rm(folder, { recursive: true }))

async function open(wrap: (file: Appending) => Appending = file => file): Promise<Journal> {
  const effects: Pick<Effects, 'files' | 'machine' | 'terminal'> = {
    machine: real.machine,
    terminal: { ...real.terminal, tell: text => void (told += text) },
    files: { ...real.files, beginAppending: async path => wrap(await real.files.beginAppending(path)) },
  }
  const order = {
    plan: result.plan,
    scenario: result.run.scenario,
    workers: 1,
    out: join(folder, 'run.json'),
    html: undefined,
    analysis: {},
  }
  return openJournal(order, result.run, effects)
}

/** Takes `bytes` of a text and no more, as a full disk does. */
const fullAfter =
  (appends: number, bytes: number) =>
  (file: Appending): Appending => {
    let left = appends
    return {
      ...file,
      append(text) {
        left -= 1
        if (left >= 0) return file.append(text)
        if (left === -1) file.append(text.slice(0, bytes))
        throw new Error('ENOSPC: no space left on device')
      },
    }
  }

describe('the windows of a run', () => {
  test('come back from disk as they were kept, in order', async () => {
    const journal = await open()
    for (const window of windows) journal.keep(window)
    expect(journal.readAll()).toEqual(windows)
    expect([journal.isWhole, told]).toEqual([true, ''])
    journal.close()
  })

  test('come back although somebody has deleted the file meanwhile', async () => {
    const journal = await open()
    for (const window of windows) journal.keep(window)
    await rm(journal.path)
    expect(journal.readAll()).toEqual(windows)
    journal.close()
  })

  test.each([0, 1, 40])(
    'come back from disk and memory when the disk is full %i bytes into a line',
    async bytes => {
      const journal = await open(fullAfter(1 + 5, bytes))
      for (const window of windows) journal.keep(window)
      expect(journal.readAll()).toEqual(windows)
      expect(journal.isWhole).toBe(false)
      expect(told.match(/ENOSPC/g)).toHaveLength(1)
      expect(told).toContain('from here on the run is kept in memory')
      journal.close()
    },
  )

  test('that cannot be read back are counted aloud; the others are kept', async () => {
    const journal = await open()
    for (const window of windows.slice(0, 3)) journal.keep(window)
    await truncate(journal.path, 5)
    expect(journal.readAll()).toEqual([])
    expect(told).toContain('3 of 3 windows cannot be read back')
    journal.close()
  })
})
