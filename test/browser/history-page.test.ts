import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { historyOf, runsOf } from '../../src/history/history.ts'
import { renderPage } from '../../src/history/html/render-page.ts'
import { rowOf } from '../../src/history/row-of.ts'
import { viewHistory } from '../../src/history/view/view-history.ts'
import { dailyRuns } from '../support/history-report.ts'
import { browserIsMissing, openBrowser } from '../support/open-browser.ts'
import { HOSTILE } from '../support/report-fixture.ts'
import { FOREIGN, INK, OVERFLOW, UNFOLD, assets, openPage } from './open-page.ts'
import type { Look, Opened } from './open-page.ts'
import { UNWATCHED, expectWholeOnPaper, headingLevels, violations } from './page-rules.ts'

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
    // As the command does: a page has all runs.
    writeFileSync(file, renderPage(viewHistory(history, undefined, Infinity), assets))
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })

  const open = (look?: Look): Promise<Opened> => openPage(browser, pathToFileURL(file).href, look)

  test.each([
    [400, 'light'],
    [1280, 'dark'],
    [1920, 'light'],
  ] as const)(
    'opens at %i px, %s, without error, request or overflow, folded or not, and draws two charts',
    async (width, colorScheme) => {
      const { page, complaints } = await open({ width, colorScheme })
      const ink = await page.evaluate<number[]>(INK)
      expect(ink).toHaveLength(2)
      for (const drawn of ink) expect(drawn).toBeGreaterThan(500)
      expect(await page.evaluate(OVERFLOW)).toBeLessThanOrEqual(width)
      await page.evaluate(UNFOLD)
      expect(await page.evaluate(OVERFLOW)).toBeLessThanOrEqual(width)
      expect(complaints).toEqual([])
      await page.close()
    },
  )

  test('shows hostile names and carries nothing out', async () => {
    const { page, complaints } = await open()
    expect(await page.evaluate('window.hacked')).toBeUndefined()
    expect(await page.locator(FOREIGN).count()).toBe(0)
    expect(await page.evaluate<string>('document.body.innerText')).toContain(HOSTILE.slice(0, 60))
    expect(complaints).toEqual([])
    await page.close()
  })

  test('arrow keys go from run to run, and the run is told in words', async () => {
    const { page } = await open()
    await page.locator('#chart-0').focus()
    for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowRight')
    await expect
      .poll(() => page.textContent('#at-0'))
      .toMatch(/^2026-01-03 10:00: \d+\/s \(\d+\/s to \d+\/s\)$/)
    await page.keyboard.press('Escape')
    await expect.poll(() => page.textContent('#at-0')).toBe('')
    await page.close()
  })

  test.each(['light', 'dark'] as const)('has nothing that axe-core objects to, %s', async colorScheme => {
    const { page } = await open({ colorScheme, width: colorScheme === 'dark' ? 400 : 1280 })
    await page.evaluate(UNFOLD)
    expect(await violations(page)).toEqual([])
    const levels = await headingLevels(page)
    expect(levels.filter(level => level === 1)).toEqual([1])
    levels.forEach((level, i) => expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1))
    await page.close()
  })

  test('is whole on paper, from a dark screen too', async () => {
    const { page, complaints } = await open({ colorScheme: 'dark', before: UNWATCHED })
    await expectWholeOnPaper(page, 2)
    expect(complaints).toEqual([])
    await page.close()
  })

  test('the newest group stands on the first screen, its many runs are folded', async () => {
    const { page } = await open()
    expect(
      await page.evaluate('document.querySelector("#chart-0").getBoundingClientRect().top'),
    ).toBeLessThan(900)
    // Forty runs; the other groups have twelve and three.
    expect(await page.locator('details.runs').count()).toBe(1)
    expect(await page.locator('details.runs tbody tr').count()).toBe(40)
    await page.close()
  })
})
