import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderJson } from '../../src/report/render-json.ts'
import { knownBackend } from '../support/known-backend.ts'
import { makeFolder, startPlimsoll } from '../support/plimsoll-process.ts'
import type { WorkFolder } from '../support/plimsoll-process.ts'
import { untouchedReport } from '../support/report-fixture.ts'
import { runCli } from '../support/run-cli.ts'
import { isServed, portsOfPeaks, proved, verifiedIn } from '../support/verified.ts'

let folder: WorkFolder
beforeAll(async () => {
  folder = await makeFolder()
  await folder.write('one.json', renderJson(knownBackend()))
})
afterAll(() => folder.remove())

const PROOF = 'size one.json --peak 160/s --survive 0 --headroom 90% --verify --verify-for 5s'.split(' ')

describe('plimsoll size --verify', { timeout: 600_000 }, () => {
  test('sends the peak to as many as it recommends, and to one fewer, and says how that went', async () => {
    const { exitCode, stderr, proof } = await proved([...PROOF, '--format', 'json'], folder.path)
    const { verdict, peaks, gateway } = proof
    expect(gateway).toBe(null)
    expect(stderr).toMatch(
      /^proof: 160\/s for 5 s over 2 backends of the lab, then over 1; reports: reports\/verify-/,
    )
    // 160/s over two that carry 98/s or so each are 82 %, over one 163 %.
    expect(peaks[0]).toMatchObject({ role: 'recommended', bought: 2, backends: 2, expected: 'yes' })
    const told = peaks.map(({ backends, holds, expected }) => `${backends}: ${holds}, expected ${expected}`)
    expect({ exitCode, verdict, told }).toEqual({
      exitCode: 0,
      verdict: 'agrees',
      told: ['2: yes, expected yes', '1: no, expected no'],
    })
    // One backend answers what it carries, however much comes.
    const one = peaks[1]!
    expect(Math.abs(one.measured!.goodRps / one.capacityRps - 1)).toBeLessThan(0.1)
    const kept = await readFile(join(folder.path, one.report!), 'utf8')
    expect(kept).toContain('"plimsoll/report@1"')
  })

  test('lets one backend with its share stand for all where the peak is more than a machine makes', async () => {
    const words = 'size one.json --peak 14000/s --survive 0 --verify --verify-for 5s --format json'
    const { exitCode, proof } = await proved(words.split(' '), folder.path)
    expect(proof).toMatchObject({ scaled: true, verdict: 'agrees' })
    expect(exitCode).toBe(0)
    // Each backend is sent its share, 14 000/s over so many, less or more by chance: √n/n of its n requests, four times that.
    const far = proof.peaks.flatMap(({ loadRps, backends, measured }) => {
      const share = loadRps / backends
      return Math.abs(measured!.offeredRps / share - 1) > 4 / Math.sqrt(share * 5) ? [backends] : []
    })
    expect(far).toEqual([])
    expect(proof.peaks.at(-1)!).toMatchObject({ role: 'too-few', holds: 'no' })
  })

  test('breaks off at Ctrl-C, and leaves no server behind', async () => {
    const away = await makeFolder()
    await away.write('one.json', renderJson(knownBackend()))
    const run = startPlimsoll(PROOF, { cwd: away.path })
    await expect.poll(() => portsOfPeaks(away.path), { timeout: 60_000 }).toHaveLength(1)
    const [port] = await portsOfPeaks(away.path)
    expect(await isServed(port!)).toBe(true)
    run.signal('SIGINT')
    expect(await run.ended).toEqual({ exitCode: 130, signal: null })
    expect(await isServed(port!)).toBe(false)
    await away.remove()
  })

  test('says why where a report does not tell what to build, and sends nothing', async () => {
    await folder.write('bound.json', renderJson(untouchedReport()))
    const words = 'size bound.json --peak 5000/s --verify --format json'.split(' ')
    const { exitCode, stdout } = await runCli(words, { cwd: folder.path })
    expect(exitCode).toBe(3)
    expect(verifiedIn(stdout)).toMatchObject({ verdict: 'cannot-tell', peaks: [] })
    expect(verifiedIn(stdout).because).toMatch(/^the capacity is only known to be at least a rate/)
  })

  test('refuses what only goes with it, and gateways that it does not know', async () => {
    const words = 'size one.json --peak 160/s --with caddy --verify-for 1s'.split(' ')
    const { exitCode, stderr } = await runCli(words, { cwd: folder.path })
    expect(exitCode).toBe(2)
    for (const told of [
      'with usage/wrong-value',
      'verify-for usage/wrong-value',
      'with size/only-with-verify',
    ])
      expect(stderr).toContain(`--${told}\n`)
  })
})
