import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import type { PageAssets } from '../../src/report/html/page-shell.ts'

const uplot = (file: string): string =>
  readFileSync(new URL(`../../node_modules/uplot/dist/${file}`, import.meta.url), 'utf8')

/** What every page needs from outside. */
export const assets: PageAssets = {
  chartScript: uplot('uPlot.iife.min.js'),
  chartStyle: uplot('uPlot.min.css'),
  sha256: text => createHash('sha256').update(text).digest('base64'),
}

/** An opened page and everything about it that ought not to be. */
export interface Opened {
  readonly page: Page
  readonly complaints: readonly string[]
}

export interface Look {
  readonly width?: number
  readonly colorScheme?: 'light' | 'dark'
  /** Runs before the page's own scripts. */
  readonly before?: string
}

/** @param address of a file: nothing else may be asked for */
export async function openPage(
  browser: Browser,
  address: string,
  { width = 1280, colorScheme = 'light', before = '' }: Look = {},
): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
  const complaints: string[] = []
  page.on('console', message => complaints.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', error => complaints.push(error.message))
  page.on('dialog', dialog => complaints.push(`dialog: ${dialog.message()}`))
  page.on('request', request => {
    if (request.url() !== address) complaints.push(`request: ${request.url()}`)
  })
  await page.addInitScript(before)
  await page.goto(address)
  return { page, complaints }
}

/** Runs in the page: for each chart, how many pixels of it are drawn on. */
export const INK = `[...document.querySelectorAll('.plot canvas')].map(canvas => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((value, i) => i % 4 === 3 && value > 0).length;
})`

export const OVERFLOW = 'document.documentElement.scrollWidth'
export const UNFOLD = 'for (const folded of document.querySelectorAll("details")) folded.open = true'

/** Elements that none of the pages has, and that markup in a name would bring. */
export const FOREIGN =
  'img, iframe, object, embed, link, form, input, svg, base, [onerror], [onload], [onclick]'
