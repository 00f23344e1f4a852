import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Effects } from '../../../src/cli/effects.ts'
import { EXIT } from '../../../src/cli/exit-code.ts'
import { nodeEffects } from '../../../src/cli/node-effects.ts'
import { runAndReport } from '../../../src/cli/run-and-report.ts'
import type { RunOrder } from '../../../src/cli/run-order.ts'
import type { Report } from '../../../src/report/report.ts'
import { planOf, STAGES } from '../scenario/reading.ts'

const real = nodeEffects()
/** This test may itself run in a step of GitHub Actions. */
const NO_STEP: Effects['github'] = { summaryFile: undefined, outputFile: undefined, takesAnnotations: false }
let folder: string
let told: string
let said: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plimsoll-page-'))
  told = ''
  said = ''
})
afterEach(() => rm(folder, { recursive: true }))

const voice = {
  say: (text: string) => void (said += text),
  isQuiet: true,
  isJson: false,
  colour: false,
  columns: 80,
}

/** A disk that takes no file whose name ends so. */
const effectsWithout = (ending: string): Effects => ({
  ...real,
  github: NO_STEP,
  terminal: { ...real.terminal, tell: text => void (told += text) },
  files: {
    ...real.files,
    async replace(path, text) {
      if (path.endsWith(ending)) throw new Error('ENOSPC: no space left on device')
      await real.files.replace(path, text)
    },
  },
})

/** A run that ends before anything is sent: a port that was free a moment ago refuses connections. */
async function order(more: Partial<RunOrder> = {}): Promise<RunOrder> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return {
    plan: planOf(STAGES, { target: `http://127.0.0.1:${port}` }),
    scenario: { file: null, digest: '', text: null },
    workers: 1,
    out: join(folder, 'run.json'),
    html: join(folder, 'run.html'),
    analysis: {},
    ...more,
  }
}
const readReport = async (): Promise<Report> =>
  JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as Report

test('a page that cannot be written is told as such; the report is there and nothing points to a journal', async () => {
  const { exit } = await runAndReport(await order(), voice, effectsWithout('.html'))
  expect(exit).toBe(EXIT.internalError)
  expect(await readdir(folder)).toEqual(['run.json'])
  expect((await readReport()).schema).toBe('plimsoll/report@1')
  expect(told).toContain('The page could not be written: ENOSPC')
  expect(told).toContain(`plimsoll report ${join(folder, 'run.json')} --format html -o FILE`)
  expect(told).not.toContain('journal')
  expect(said).toContain(`report: ${join(folder, 'run.json')}`)
  expect(said).not.toContain('page:')
})

test('a report that cannot be written leaves the journal, and says so', async () => {
  const { exit } = await runAndReport(await order(), voice, effectsWithout('.json'))
  expect(exit).toBe(EXIT.internalError)
  expect(await readdir(folder)).toEqual(['run.json.journal'])
  expect(told).toContain(`plimsoll report ${join(folder, 'run.json.journal')}`)
  expect(told).not.toContain('The page')
})

test('how the generator paced itself and what it can make are facts of the run', async () => {
  const calibration = { ceilingRps: 50_000, workers: 1 }
  const done = await runAndReport(await order({ pacing: 'timer', calibration }), voice, effectsWithout('-'))
  expect(done.exit).toBe(EXIT.inconclusive)
  expect((await readReport()).run).toMatchObject({ pacing: 'timer', calibration })
  await runAndReport(await order(), voice, effectsWithout('-'))
  const plain = (await readReport()).run
  expect(plain).not.toHaveProperty('pacing')
  expect(plain).not.toHaveProperty('calibration')
})
