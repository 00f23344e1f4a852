import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compareRuns } from '../../src/compare/compare-runs.ts'
import { DEFAULT_MARGINS } from '../../src/compare/margins.ts'
import { renderComparisonHtml } from '../../src/report/compare/html/render-comparison-html.ts'
import { viewComparison } from '../../src/report/compare/view-comparison.ts'
import { pretendedRun } from '../support/compare-fixture.ts'
import { browserIsMissing, openBrowser } from '../support/open-browser.ts'
import { HOSTILE } from '../support/report-fixture.ts'
import { FOREIGN, INK, OVERFLOW, UNFOLD, assets, openPage } from './open-page.ts'
import type { Look, Opened } from './open-page.ts'
import { UNWATCHED, expectWholeOnPaper, headingLevels, violations } from './page-rules.ts'

/** Two pairs; every text that a scenario or a file name has a say in is hostile. */
function page(): string {
  const run = (label: string, hour: number, capacity: number): ReturnType<typeof pretendedRun> => {
    const made = pretendedRun({ label, hour, capacity })
    return {
      ...made,
      label: `${label} ${HOSTILE}`,
      result: { ...made.result, plan: { ...made.result.plan, name: HOSTILE } },
    }
  }
  const answer = compareRuns([run('a', 0, 800), run('b', 3, 805)], [run('c', 1, 700), run('d', 2, 740)], {
    asPaired: false,
    margins: DEFAULT_MARGINS,
    perSide: 0.025,
    force: false,
  })
  if (!answer.ok) throw new Error('refused')
  return renderComparisonHtml(viewComparison(answer.value), assets)
}

describe.skipIf(browserIsMissing())('the page of a comparison in a real browser', () => {
  let browser: Browser
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-comparison-'))
  const address = pathToFileURL(join(folder, 'page.html')).href

  beforeAll(async () => {
    browser = await openBrowser()
    writeFileSync(join(folder, 'page.html'), page())
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })
  const open = (look?: Look): Promise<Opened> => openPage(browser, address, look)

  test.each([
    [400, 'dark'],
    [1280, 'light'],
    [1920, 'dark'],
  ] as const)(
    'opens at %i px, %s, without error, request or overflow, folded or not, and draws',
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

  test('has the verdict and its three figures on the first screen of a phone', async () => {
    const { page } = await open({ width: 400 })
    const bottom = 'document.querySelector(".verdict .figures").getBoundingClientRect().bottom'
    expect(await page.evaluate(bottom)).toBeLessThan(900)
    await page.close()
  })

  test('shows hostile names and carries nothing out', async () => {
    const { page, complaints } = await open()
    expect(await page.evaluate('window.hacked')).toBeUndefined()
    expect(await page.locator(FOREIGN).count()).toBe(0)
    expect(await page.evaluate<string>('document.body.innerText')).toContain(HOSTILE.slice(0, 60))
    expect(complaints).toEqual([])
    await page.close()
  })

  test('is read by keyboard: the arrows tell both sides’ values', async () => {
    const { page } = await open()
    await page.focus('#chart-0')
    await page.keyboard.press('End')
    // Beyond the knee good answers stay at the capacity: 802.5/s and 720/s, the means of the pairs, give or take how counts were rounded.
    expect(await page.textContent('#at-0')).toMatch(/: base 80[23]\S*, candidate 7(?:19|20|21)$/)
    await page.close()
  })
})
