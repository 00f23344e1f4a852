import axe from 'axe-core'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { historyOf, runsOf } from '../../src/history/history.ts'
import { renderPage } from '../../src/history/html/render-page.ts'
import { rowOf } from '../../src/history/row-of.ts'
import { viewHistory } from '../../src/history/view/view-history.ts'
import { dailyRuns } from '../support/history-report.ts'
import { browserIsMissing, openBrowser } from '../support/open-browser.ts'
import { HOSTILE } from '../support/report-fixture.ts'

const uplot = (file: string): string =>
  readFileSync(new URL(`../../node_modules/uplot/dist/${file}`, import.meta.url), 'utf8')
const assets = {
  chartScript: uplot('uPlot.iife.min.js'),
  chartStyle: uplot('uPlot.min.css'),
  sha256: (text: string): string => createHash('sha256').update(text).digest('base64'),
}

/** A fall, a scenario with markup in its name, and one whose knee was never measured. */
const reports = [
  ...dailyRuns(40, i => (i < 20 ? 812 : 640)),
  ...dailyRuns(12, () => 100, { name: HOSTILE, digest: 'b'.repeat(64) }),
  ...dailyRuns(3, () => 100, { name: 'none', digest: 'c'.repeat(64), bound: 'none' }),
]
const runs = runsOf(reports.map((report, i) => ({ file: `${i}${HOSTILE}.json`, row: rowOf(report)! })))
const history = historyOf({ folder: HOSTILE, runs, setAside: [], isWhole: true })

describe.skipIf(browserIsMissing())('the page of a history in a real browser', () => {
  let browser: Browser
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-history-'))
  const file = join(folder, 'history.html')

  beforeAll(async () => {
    browser = await openBrowser()
    writeFileSync(file, renderPage(viewHistory(history), assets))
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })

  async function open(width: number, colorScheme: 'light' | 'dark'): Promise<[Page, string[]]> {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme,
      bypassCSP: false,
    })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', message => complaints.push(message.text()))
    page.on('pageerror', error => complaints.push(error.message))
    page.on('dialog', dialog => complaints.push(`dialog: ${dialog.message()}`))
    page.on('request', request => {
      if (request.url() !== pathToFileURL(file).href) complaints.push(request.url())
    })
    await page.goto(pathToFileURL(file).href)
    return [page, complaints]
  }

  test.each([
    [400, 'light'],
    [1280, 'dark'],
    [1920, 'light'],
  ] as const)(
    'opens at %i px, %s, without error, request or overflow, and draws two charts',
    async (width, scheme) => {
      const [page, complaints] = await open(width, scheme)
      const ink = await page.evaluate<
        number[]
      >(`[...document.querySelectorAll('.plot canvas')].map(canvas => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
      return data.filter((value, i) => i % 4 === 3 && value > 0).length
    })`)
      expect(ink).toHaveLength(2)
      for (const drawn of ink) expect(drawn).toBeGreaterThan(500)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      expect(await page.evaluate('window.hacked')).toBeUndefined()
      expect(await page.locator('img, iframe, link').count()).toBe(0)
      expect(complaints).toEqual([])
      await page.close()
    },
  )

  test('arrow keys go from run to run, and the run is told in words', async () => {
    const [page] = await open(1280, 'light')
    await page.locator('#chart-0').focus()
    for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowRight')
    await expect
      .poll(() => page.textContent('#at-0'))
      .toMatch(/^2026-01-03 10:00: \d+\/s \(\d+\/s to \d+\/s\)$/)
    await page.keyboard.press('Escape')
    await expect.poll(() => page.textContent('#at-0')).toBe('')
    await page.close()
  })

  test.each(['light', 'dark'] as const)('axe finds nothing to complain of, %s', async scheme => {
    const [page] = await open(1280, scheme)
    // Through the debugger, not as an element: the page's policy lets in no script but its own.
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate<axe.AxeResults>('axe.run()')
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    await page.close()
  })
})
