import { readFileSync } from 'node:fs'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

/** What axe-core finds against WCAG 2.0 and 2.1, levels A and AA: rule and place. */
export async function violations(page: Page): Promise<readonly string[]> {
  // Through the debugger, not as an element: the page's policy lets in no script but its own.
  await page.evaluate(axe)
  const { violations: found, passes } = await page.evaluate<AxeResults>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })`,
  )
  // A check that looked at nothing would find nothing.
  expect(passes.length).toBeGreaterThan(15)
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`))
}

/** Levels of the headings, in the order of the page. */
export const headingLevels = (page: Page): Promise<readonly number[]> =>
  page.evaluate<number[]>(
    `[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(({ tagName }) => Number(tagName[1]))`,
  )

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

/** A printer lays the page out anew without telling anybody: the style alone has to do it. Open such a page with this. */
export const UNWATCHED = 'window.ResizeObserver = class { observe() {} }'

/** Lays the page out as a printer does, and looks at it: whole charts, and nothing beyond the paper's sides. */
export async function expectWholeOnPaper(page: Page, charts: number): Promise<void> {
  await page.emulateMedia({ media: 'print' })
  await page.evaluate('dispatchEvent(new Event("beforeprint"))')
  await page.setViewportSize(PAPER)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PAPER.width)
  const drawn = await page.evaluate<{ beyond: number; bent: number; height: number }[]>(CUT)
  expect(drawn).toHaveLength(charts)
  for (const { beyond, bent, height } of drawn) {
    expect(beyond).toBeLessThan(1)
    expect(bent).toBeLessThan(0.02)
    expect(height).toBeLessThan(PAPER.height)
  }
  expect(await page.locator('details:not([open])').count()).toBe(0)
  expect(await page.locator('nav, .skip, .hint').filter({ visible: true }).count()).toBe(0)
}
