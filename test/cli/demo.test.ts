import { readdir, readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import { makeFolder, startPlimsoll } from '../support/plimsoll-process.ts'
import type { PlimsollProcess, WorkFolder } from '../support/plimsoll-process.ts'

let folder: WorkFolder
beforeEach(async () => {
  folder = await makeFolder()
})
afterEach(() => folder.remove())

/** The first line of the run says where its target is: the built-in shop. */
async function startDemo(...flags: string[]): Promise<{ demo: PlimsollProcess; port: number }> {
  const demo = startPlimsoll(['demo', ...flags], { cwd: folder.path })
  const [, port] = await demo.printed(/^storefront: http:\/\/127\.0\.0\.1:(\d+), 3 stages .*\n/m)
  return { demo, port: Number(port) }
}

const isServed = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })

describe('plimsoll demo', () => {
  test('finds the knee of the built-in shop, says how far from the truth it is, and what to try next', async () => {
    const { demo, port } = await startDemo('--seed', '1')
    const { exitCode } = await demo.ended
    const said = demo.stdout()
    const files = (await readdir(join(folder.path, 'reports'))).toSorted()
    expect(files).toEqual([
      expect.stringMatching(/^demo-\d{8}-\d{6}\.html$/),
      expect.stringMatching(/^demo-\d{8}-\d{6}\.json$/),
    ])
    const report = JSON.parse(await readFile(join(folder.path, 'reports', files[1]!), 'utf8')) as Report
    const [, measured] =
      /^The knee: truth by construction 833\/s; measured (nothing|\d+\/s)/m.exec(said) ?? []
    // On a machine that is busy with something else the run may not be believed; it must say so then.
    const isTrusted = report.trust.ok
    const decides = isTrusted && report.capacity.limitedBy !== 'generator'
    expect({ exitCode, verdict: report.verdict }).toEqual(
      decides ? { exitCode: 0, verdict: 'passed' } : { exitCode: 3, verdict: 'inconclusive' },
    )
    const deviation = Math.abs(Number.parseFloat(measured ?? '') / 833 - 1)
    expect(!decides || deviation < 0.1).toBe(true)
    expect(measured === 'nothing').toBe(!isTrusted)
    expect(said).toContain(`Where to look: open reports/${files[0]} in a browser.`)
    expect(said.slice(said.indexOf('What to try next:')).match(/^ {2}\d\. /gm)).toHaveLength(3)
    expect(await isServed(port)).toBe(false)
  })

  test('reports what it measured when it is interrupted, and ends the shop', async () => {
    const { demo, port } = await startDemo()
    expect(await isServed(port)).toBe(true)
    demo.signal('SIGINT')
    expect(await demo.ended).toEqual({ exitCode: 130, signal: null })
    expect(await readdir(join(folder.path, 'reports'))).toHaveLength(2)
    expect(await isServed(port)).toBe(false)
  })

  test('does not leave the shop behind when it is killed', async () => {
    const { demo, port } = await startDemo()
    demo.signal('SIGKILL')
    await demo.ended
    const giveUpAt = Date.now() + 20_000
    while ((await isServed(port)) && Date.now() < giveUpAt)
      await new Promise(resolve => setTimeout(resolve, 50))
    expect(await isServed(port)).toBe(false)
  })
})
