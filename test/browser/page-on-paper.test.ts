import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chartsOf } from '../../src/report/html/page-rows.ts'
import { browserIsMissing } from '../support/open-browser.ts'
import { makeFixturePages } from './fixture-pages.ts'
import type { FixturePages } from './fixture-pages.ts'

/** A4 less the page's own margins of 12 and 14 mm, at 96 dots per inch. */
const PAPER = { width: 703, height: 1017 }

/** Runs in the page: what of each chart lies beyond the paper's sides, and how far its shape is off that of the drawing. */
const CUT = `[...document.querySelectorAll('.plot canvas')].map(canvas => {
  const { left, right, width, height } = canvas.getBoundingClientRect();
  const plot = canvas.closest('.plot').getBoundingClientRect();
  return {
    beyond: Math.max(0, -left, right - innerWidth, height - plot.height, right - plot.right),
    bent: Math.abs(width / height / (canvas.width / canvas.height) - 1),
    height,
  };
})`

/** A printer lays the page out anew without telling anybody: the style alone has to do it. */
const UNWATCHED = 'window.ResizeObserver = class { observe() {} }'

describe.skipIf(browserIsMissing())('the page on paper', () => {
  let pages: FixturePages
  beforeAll(async () => {
    pages = await makeFixturePages()
  })
  afterAll(() => pages?.close())

  test.each(['launch', 'searched', 'closed', 'hostile', 'refused'])(
    'of the %s report has whole charts and nothing beyond its sides, from a dark screen too',
    async name => {
      const { page, complaints } = await pages.open(name, { colorScheme: 'dark', before: UNWATCHED })
      await page.emulateMedia({ media: 'print' })
      await page.evaluate('dispatchEvent(new Event("beforeprint"))')
      await page.setViewportSize(PAPER)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PAPER.width)
      const charts = await page.evaluate<{ beyond: number; bent: number; height: number }[]>(CUT)
      expect(charts).toHaveLength(chartsOf(pages.views[name]!).length)
      for (const { beyond, bent, height } of charts) {
        expect(beyond).toBeLessThan(1)
        expect(bent).toBeLessThan(0.02)
        expect(height).toBeLessThan(PAPER.height)
      }
      expect(await page.locator('nav, .skip, .hint').filter({ visible: true }).count()).toBe(0)
      expect(complaints).toEqual([])
      await page.close()
    },
  )

  test('is unfolded for the printer and folded again after it', async () => {
    const { page } = await pages.open('launch')
    const open = (): Promise<number> => page.locator('details[open]').count()
    expect(await open()).toBe(0)
    await page.evaluate('dispatchEvent(new Event("beforeprint"))')
    expect(await open()).toBe(await page.locator('details').count())
    await page.evaluate('dispatchEvent(new Event("afterprint"))')
    expect(await open()).toBe(0)
    await page.close()
  })

  test('is a PDF of several pages, with the charts on them as lines', async () => {
    const { page } = await pages.open('launch')
    const pdf = await page.pdf({ format: 'A4' })
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(3)
    expect(strokes(pdf)).toBeGreaterThan(1000)
    await page.close()
  })
})

/** Line segments in the drawing commands of a PDF: charts are drawn into it as lines, not as pictures. */
function strokes(pdf: Buffer): number {
  let count = 0
  for (let from = pdf.indexOf('stream\n'); from >= 0; from = pdf.indexOf('stream\n', from + 7)) {
    const end = pdf.indexOf('endstream', from)
    if (end < 0) break
    count += inflated(pdf.subarray(from + 7, end)).match(/ l\n/g)?.length ?? 0
    from = end + 9
  }
  return count
}

function inflated(bytes: Buffer): string {
  try {
    return inflateSync(bytes).toString('latin1')
  } catch {
    return ''
  }
}
