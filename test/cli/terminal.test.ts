import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderJson } from '../../src/report/render-json.ts'
import { makeFolder, shortScenario, startLabProcess } from '../support/plimsoll-process.ts'
import type { WorkFolder } from '../support/plimsoll-process.ts'
import { launchReport } from '../support/report-fixture.ts'
import { PLIMSOLL } from '../support/run-cli.ts'

let folder: WorkFolder
beforeAll(async () => {
  folder = await makeFolder()
  await folder.write('launch.json', renderJson(launchReport()))
})
afterAll(() => folder.remove())

/** Runs the command with a terminal for its output: script(1) of util-linux makes one and copies it. */
async function onTerminal(words: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { NO_COLOR: _ignored, ...inherited } = process.env
  const command = `'${process.execPath}' '${PLIMSOLL}' ${words}`
  const { stdout } = await promisify(execFile)('script', ['-qc', command, '/dev/null'], {
    cwd: folder.path,
    env: { ...inherited, TERM: 'xterm', ...env },
    timeout: 60_000,
  })
  return stdout
}

/** SGR: ESC [ … m. */
// oxlint-disable-next-line no-control-regex -- the escape character is what is looked for
const COLOUR = /\u001B\[[\d;]*m/

describe('on a terminal', () => {
  test('the report has colours', async () => {
    expect(await onTerminal('report launch.json')).toMatch(COLOUR)
  })

  test.each([
    ['NO_COLOR', 'report launch.json', { NO_COLOR: '1' }],
    ['TERM=dumb', 'report launch.json', { TERM: 'dumb' }],
    ['--no-color', 'report launch.json --no-color', {}],
  ])('but none with %s', async (_, words, env) => {
    const shown = await onTerminal(words, env)
    expect(shown).toContain('storefront launch')
    expect(shown).not.toMatch(COLOUR)
  })

  test('an empty NO_COLOR counts as none', async () => {
    expect(await onTerminal('report launch.json', { NO_COLOR: '' })).toMatch(COLOUR)
  })

  test('the progress is one line that is written over itself, and gone at the end', async () => {
    const lab = await startLabProcess(['D1'], folder.path)
    await folder.write('short.yaml', shortScenario(lab.url, 3))
    const shown = await onTerminal('run short.yaml --out live.json --no-color').finally(lab.stop)
    const lines = shown.split('\r\u001B[2K').slice(1)
    const progress = lines.filter(line => /^(warm-up|hold|waiting)[^\n]*$/.test(line))
    expect(progress.length).toBeGreaterThanOrEqual(3)
    expect(lines.at(-1)).toMatch(/^\s*(Passed|Cannot tell): /)
    expect(lines.at(-1)).toContain('report: live.json')
  })
})
