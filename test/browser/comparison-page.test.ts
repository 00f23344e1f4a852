import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compareRuns } from '../../src/compare/compare-runs.ts'
import { DEFAULT_MARGINS } from '../../src/compare/margins.ts'
import { renderComparisonHtml } from '../../src/report/compare/html/render-comparison-html.ts'
import { viewComparison } from '../../src/report/compare/view-comparison.ts'
import { pretendedRun } from '../support/compare-fixture.ts'
import { browserIsMissing, openBrowser } from '../support/open-browser.ts'
import { HOSTILE } from '../support/report-fixture.ts'

const read = (file: string): string =>
  readFileSync(new URL(`../../node_modules/${file}`, import.meta.url), 'utf8')

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
  return renderComparisonHtml(viewComparison(answer.value), {
    chartScript: read('uplot/dist/uPlot.iife.min.js'),
    chartStyle: read('uplot/dist/uPlot.min.css'),
    sha256: text => createHash('sha256').update(text).digest('base64'),
  })
}

/** Runs in the page: for each chart, how many pixels of it are drawn on. */
const INK = `[...document.querySelectorAll('.plot canvas')].map(canvas => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((value, i) => i % 4 === 3 && value > 0).length;
})`

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

  async function open(
    width: number,
    colorScheme: 'light' | 'dark' = 'light',
    bypassCSP = false,
  ): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', message => complaints.push(`${message.type()}: ${message.text()}`))
    page.on('pageerror', error => complaints.push(error.message))
    page.on('request', request => {
      if (request.url() !== address) complaints.push(`request: ${request.url()}`)
    })
    await page.goto(address)
    return { page, complaints }
  }

  test.each([400, 1280, 1920])(
    'opens at %i px without error, request or overflow, and draws',
    async width => {
      const { page, complaints } = await open(width)
      const ink = await page.evaluate<number[]>(INK)
      expect(ink).toHaveLength(2)
      for (const drawn of ink) expect(drawn).toBeGreaterThan(500)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      expect(complaints).toEqual([])
      await page.context().close()
    },
  )

  test.each(['light', 'dark'] as const)('has nothing that axe-core objects to, %s', async scheme => {
    const { page } = await open(1280, scheme, true)
    await page.evaluate('for (const folded of document.querySelectorAll("details")) folded.open = true')
    await page.evaluate(read('axe-core/axe.min.js'))
    const violations = await page.evaluate<string[]>(
      'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + " " + nodes[0].html))',
    )
    expect(violations).toEqual([])
    await page.context().close()
  })

  test('shows hostile names and carries nothing out', async () => {
    const { page, complaints } = await open(1280)
    expect(await page.evaluate('window.hacked')).toBeUndefined()
    expect(await page.locator('img, iframe, link').count()).toBe(0)
    expect(await page.evaluate<string>('document.body.innerText')).toContain(HOSTILE.slice(0, 60))
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('is read by keyboard: the arrows tell both sides’ values', async () => {
    const { page } = await open(1280)
    await page.focus('#chart-0')
    await page.keyboard.press('End')
    // Beyond the knee good answers stay at the capacity: 802.5/s and 720/s, the means of the pairs, give or take how counts were rounded.
    expect(await page.textContent('#at-0')).toMatch(/: base 80[23]\S*, candidate 7(?:19|20|21)$/)
    await page.context().close()
  })
})
