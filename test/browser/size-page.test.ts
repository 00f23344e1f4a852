import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderSizeHtml } from '../../src/report/size/html/render-size-html.ts'
import { viewSize } from '../../src/report/size/view-size.ts'
import { CACHE_DEFAULTS } from '../../src/sizing/cdn/cdn-question.ts'
import { sizeSystem } from '../../src/sizing/size-system.ts'
import type { SizingAnswer } from '../../src/sizing/sizing-answer.ts'
import { USUAL_GATEWAY } from '../../src/sizing/sizing-wish.ts'
import { measuredSystem, question } from '../support/measured-system.ts'
import { browserIsMissing, openBrowser } from '../support/open-browser.ts'
import { HOSTILE } from '../support/report-fixture.ts'
import { FOREIGN, INK, OVERFLOW, UNFOLD, assets, openPage } from './open-page.ts'
import type { Look, Opened } from './open-page.ts'
import { UNWATCHED, expectWholeOnPaper, headingLevels, violations } from './page-rules.ts'

const LEFT_OUT = { label: HOSTILE, because: HOSTILE, measure: 'run a ramp' }

/** All that a page may have, with markup in every name; and one that has nothing to say. */
const ANSWERS: Readonly<Record<'full' | 'silent', SizingAnswer>> = {
  full: sizeSystem(
    question({ low: 2400, high: 3200 }, { costPerBackend: 2, egressCost: 0.08, hitRatio: 0.1 }),
    [measuredSystem(840, 2, { label: HOSTILE })],
    [LEFT_OUT],
    {
      cdn: { cache: CACHE_DEFAULTS, objects: new Map(), ttls: new Map([['home', 60]]) },
      simulate: USUAL_GATEWAY,
    },
  ),
  silent: sizeSystem(question(3000), [], [LEFT_OUT]),
}
const CHARTS = { full: 1, silent: 0 } as const

describe.skipIf(browserIsMissing())('the page of a sizing answer in a real browser', () => {
  let browser: Browser
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-size-'))
  const fileOf = (name: string): string => join(folder, `${name}.html`)

  beforeAll(async () => {
    browser = await openBrowser()
    for (const [name, answer] of Object.entries(ANSWERS))
      writeFileSync(fileOf(name), renderSizeHtml(viewSize(answer), assets))
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })

  const open = (name: keyof typeof ANSWERS = 'full', look?: Look): Promise<Opened> =>
    openPage(browser, pathToFileURL(fileOf(name)).href, look)

  test.each([
    ['full', 400, 'light'],
    ['full', 1280, 'dark'],
    ['full', 1920, 'light'],
    ['silent', 400, 'dark'],
  ] as const)(
    '%s: opens at %i px, %s, without error, request or overflow, folded or not, and draws',
    async (name, width, colorScheme) => {
      const { page, complaints } = await open(name, { width, colorScheme })
      const ink = await page.evaluate<number[]>(INK)
      expect(ink).toHaveLength(CHARTS[name])
      for (const drawn of ink) expect(drawn).toBeGreaterThan(500)
      expect(await page.evaluate(OVERFLOW)).toBeLessThanOrEqual(width)
      await page.evaluate(UNFOLD)
      expect(await page.evaluate(OVERFLOW)).toBeLessThanOrEqual(width)
      expect(complaints).toEqual([])
      await page.close()
    },
  )

  test.each([
    ['full', 'light', 1280],
    ['full', 'dark', 400],
    ['silent', 'light', 1280],
  ] as const)('%s: has nothing that axe-core objects to, %s', async (name, colorScheme, width) => {
    const { page } = await open(name, { colorScheme, width })
    await page.evaluate(UNFOLD)
    expect(await violations(page)).toEqual([])
    const levels = await headingLevels(page)
    expect(levels.filter(level => level === 1)).toEqual([1])
    levels.forEach((level, i) => expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1))
    await page.close()
  })

  test('is whole on paper, from a dark screen too', async () => {
    const { page, complaints } = await open('full', { colorScheme: 'dark', before: UNWATCHED })
    await expectWholeOnPaper(page, 1)
    expect(complaints).toEqual([])
    await page.close()
  })

  test('the answer and the first options stand on the first screen of a phone', async () => {
    const { page } = await open('full', { width: 400 })
    const bottom = 'document.querySelector("#options tbody tr").getBoundingClientRect().bottom'
    expect(await page.evaluate(bottom)).toBeLessThan(900)
    await page.close()
  })

  test('arrow keys read the load at a hit ratio', async () => {
    const { page } = await open()
    await page.focus('#chart-0')
    await page.keyboard.press('Home')
    await expect.poll(() => page.textContent('#keys-0 .at')).toBe('at 0 %')
    // The upper end of the peak, without a cache.
    expect(await page.textContent('#keys-0 button')).toContain('3 200')
    await page.keyboard.press('End')
    await expect.poll(() => page.textContent('#keys-0 .at')).toBe('at 100 %')
    await page.close()
  })

  test('shows hostile names and carries nothing out', async () => {
    const { page, complaints } = await open()
    await page.evaluate(UNFOLD)
    expect(await page.evaluate('window.hacked')).toBeUndefined()
    expect(await page.locator(FOREIGN).count()).toBe(0)
    expect(await page.evaluate<string>('document.body.innerText')).toContain(HOSTILE.slice(0, 60))
    expect(complaints).toEqual([])
    await page.close()
  })

  test('is below 1.5 MB with the chart library in it', () => {
    for (const name of Object.keys(ANSWERS)) expect(statSync(fileOf(name)).size).toBeLessThan(1_500_000)
  })
})
