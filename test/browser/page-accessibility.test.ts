import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserIsMissing } from '../support/open-browser.ts'
import { FIXTURES } from '../support/report-fixture.ts'
import { makeFixturePages } from './fixture-pages.ts'
import type { FixturePages } from './fixture-pages.ts'
import { UNFOLD } from './open-page.ts'
import { headingLevels, violations } from './page-rules.ts'

describe.skipIf(browserIsMissing())('the page for everybody', () => {
  let pages: FixturePages
  beforeAll(async () => {
    pages = await makeFixturePages()
  })
  afterAll(() => pages?.close())

  describe.each(Object.keys(FIXTURES))('%s', name => {
    test.each(['light', 'dark'] as const)(
      'has nothing that axe-core objects to when all is unfolded, %s',
      async colorScheme => {
        for (const width of [400, 1280]) {
          const { page } = await pages.open(name, { width, colorScheme })
          await page.evaluate(UNFOLD)
          expect(await violations(page)).toEqual([])
          await page.close()
        }
      },
    )

    test('has one first heading, and none that skips a level', async () => {
      const { page } = await pages.open(name)
      const levels = await headingLevels(page)
      expect(levels.filter(level => level === 1)).toEqual([1])
      levels.forEach((level, i) => expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1))
      await page.close()
    })
  })

  test('tells apart what axe-core objects to: grey on grey', async () => {
    const { page } = await pages.open('launch')
    await page.evaluate(`document.querySelector('.verdict p').style.color = '#ddd'`)
    expect((await violations(page))[0]).toMatch(/^color-contrast: /)
    await page.close()
  })

  test('every table has a caption and names its rows and columns', async () => {
    const { page } = await pages.open('searched')
    const bare = `[...document.querySelectorAll('table')].filter(table => table.caption === null
      || table.querySelectorAll('thead th:not([scope=col])').length > 0
      || [...table.tBodies[0].rows].some(row => row.querySelector('th[scope=row]') === null)).length`
    expect(await page.locator('table').count()).toBeGreaterThan(8)
    expect(await page.evaluate(bare)).toBe(0)
    await page.close()
  })

  test('every chart has words in its place, and figures but for the path, whose steps have them', async () => {
    const { page } = await pages.open('searched')
    const plots = await page
      .locator('.plot')
      .evaluateAll(all => all.map(one => one.getAttribute('aria-label')))
    expect(plots[0]).toMatch(/^The path of the search\. Across: seconds into the run, 0 to /)
    for (const label of plots) expect(label!.length).toBeGreaterThan(60)
    expect(await page.locator('figure details table').count()).toBe(plots.length - 1)
    await page.close()
  })

  test('the first Tab leads past the head to the result', async () => {
    const { page } = await pages.open('launch')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the result')
    expect(await page.evaluate('document.activeElement.getBoundingClientRect().top')).toBeGreaterThanOrEqual(
      0,
    )
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('result')
    await page.close()
  })

  test('what has the focus shows it', async () => {
    const { page } = await pages.open('launch')
    for (const place of ['nav a', '.plot', '.key', 'summary', '.scroll']) {
      await page.locator(place).first().focus()
      await page.keyboard.press('Shift+Tab')
      await page.keyboard.press('Tab')
      expect(await page.evaluate('getComputedStyle(document.activeElement).outlineWidth')).toBe('3px')
    }
    await page.close()
  })
})
