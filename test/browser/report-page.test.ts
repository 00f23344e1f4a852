import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderHtml } from '../../src/report/html/render-html.ts'
import { viewReport } from '../../src/report/view/view-report.ts'
import { browserIsMissing, openBrowser } from '../support/open-browser.ts'
import { FIXTURES, HOSTILE } from '../support/report-fixture.ts'

const uplot = (file: string): string =>
  readFileSync(new URL(`../../node_modules/uplot/dist/${file}`, import.meta.url), 'utf8')
const assets = { chartScript: uplot('uPlot.iife.min.js'), chartStyle: uplot('uPlot.min.css') }

/** An opened page and everything about it that ought not to be. */
interface Opened {
  readonly page: Page
  readonly complaints: readonly string[]
}

/** Runs in the page: pixels of a chart that have exactly the colour of that name. */
const COUNT_PIXELS = `(index, name) => {
  const probe = document.createElement('canvas').getContext('2d');
  probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  probe.fillRect(0, 0, 1, 1);
  const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
  const canvas = document.querySelector('#chart-' + index + ' canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i] === r && data[i + 1] === g && data[i + 2] === b && data[i + 3] === 255) count += 1;
  }
  return count;
}`

/** Runs in the page: for each chart, how many pixels of it are drawn on. */
const INK = `[...document.querySelectorAll('.plot canvas')].map(canvas => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((value, i) => i % 4 === 3 && value > 0).length;
})`

describe.skipIf(browserIsMissing())('the page of a report in a real browser', () => {
  let browser: Browser
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-page-'))

  beforeAll(async () => {
    browser = await openBrowser()
    for (const [name, make] of Object.entries(FIXTURES)) {
      writeFileSync(join(folder, `${name}.html`), renderHtml(viewReport(make()), assets))
    }
  })

  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })

  async function open(name: string, width: number, colorScheme: 'light' | 'dark' = 'light'): Promise<Opened> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
    const address = pathToFileURL(join(folder, `${name}.html`)).href
    const complaints: string[] = []
    page.on('console', message => complaints.push(`${message.type()}: ${message.text()}`))
    page.on('pageerror', error => complaints.push(error.message))
    page.on('dialog', dialog => complaints.push(`dialog: ${dialog.message()}`))
    page.on('request', request => {
      if (request.url() !== address) complaints.push(`request: ${request.url()}`)
    })
    await page.goto(address)
    return { page, complaints }
  }

  const pixels = (page: Page, chart: number, colour: string): Promise<number> =>
    page.evaluate(`(${COUNT_PIXELS})(${chart}, '${colour}')`)

  describe.each(Object.keys(FIXTURES))('%s', name => {
    test.each([400, 1280, 1920])(
      'opens at %i px without error, request or overflow, and draws',
      async width => {
        const { page, complaints } = await open(name, width)
        const { charts, search } = viewReport(FIXTURES[name]!())
        const ink = await page.evaluate<number[]>(INK)
        expect(ink).toHaveLength(charts.length + (search === null ? 0 : 1))
        for (const drawn of ink) expect(drawn).toBeGreaterThan(500)
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
        expect(complaints).toEqual([])
        await page.close()
      },
    )
  })

  test('the charts show good answers, 502 and percentiles in their colours', async () => {
    const { page } = await open('launch', 1280)
    expect(await pixels(page, 0, 'good')).toBeGreaterThan(100)
    expect(await pixels(page, 2, 's502')).toBeGreaterThan(100)
    expect(await pixels(page, 4, 'p99')).toBeGreaterThan(100)
    await page.close()
  })

  test('the charts are drawn anew when the screen turns dark', async () => {
    const { page } = await open('launch', 1280)
    const light = await page.evaluate('getComputedStyle(document.documentElement).getPropertyValue("--good")')
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(
      await page.evaluate('getComputedStyle(document.documentElement).getPropertyValue("--good")'),
    ).not.toBe(light)
    await expect.poll(() => pixels(page, 0, 'good')).toBeGreaterThan(100)
    await page.close()
  })

  test('the charts follow the width of the window', async () => {
    const { page } = await open('launch', 1280)
    await page.setViewportSize({ width: 400, height: 900 })
    const follow = `[...document.querySelectorAll('.plot')].every(
      one => one.querySelector('.uplot').clientWidth <= one.clientWidth)`
    await expect.poll(() => page.evaluate(follow)).toBe(true)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(400)
    await page.close()
  })

  test('a name in the legend shows what was hidden', async () => {
    const { page } = await open('launch', 1280)
    expect(await pixels(page, 2, 'good')).toBeLessThan(100)
    await page.locator('#chart-2 .u-legend .u-series', { hasText: '200' }).locator('th').click()
    await expect.poll(() => pixels(page, 2, 'good')).toBeGreaterThan(100)
    await page.close()
  })

  test('names, answers and reasons from outside are shown and never carried out', async () => {
    const { page, complaints } = await open('hostile', 1280)
    await page.evaluate('for (const folded of document.querySelectorAll("details")) folded.open = true')
    expect(await page.evaluate('window.hacked')).toBeUndefined()
    expect(await page.locator('img, iframe, link').count()).toBe(0)
    const text = await page.evaluate<string>('document.body.innerText')
    expect(text).toContain(HOSTILE.slice(0, 60))
    expect(complaints).toEqual([])
    await page.close()
  })

  test('the printed page keeps its charts and leaves nothing beyond the paper', async () => {
    const { page, complaints } = await open('launch', 1280)
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: 718, height: 1000 })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(718)
    for (const drawn of await page.evaluate<number[]>(INK)) expect(drawn).toBeGreaterThan(500)
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000)
    expect(complaints).toEqual([])
    await page.close()
  })
})
