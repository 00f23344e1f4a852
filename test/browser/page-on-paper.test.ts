import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chartsOf } from '../../src/report/html/page-rows.ts'
import { browserIsMissing } from '../support/open-browser.ts'
import { makeFixturePages } from './fixture-pages.ts'
import type { FixturePages } from './fixture-pages.ts'
import { UNWATCHED, expectWholeOnPaper } from './page-rules.ts'

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
      await expectWholeOnPaper(page, chartsOf(pages.views[name]!).length)
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
