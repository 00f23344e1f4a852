import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { renderHtml } from '../../src/report/html/render-html.ts'
import type { PageAssets } from '../../src/report/html/render-html.ts'
import type { PageView } from '../../src/report/page-view.ts'
import { viewPage } from '../../src/report/view/page/view-page.ts'
import { openBrowser } from '../support/open-browser.ts'
import { FIXTURES } from '../support/report-fixture.ts'

const uplot = (file: string): string =>
  readFileSync(new URL(`../../node_modules/uplot/dist/${file}`, import.meta.url), 'utf8')

const assets: PageAssets = {
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

/** The page of every report of the fixtures, as files, and a browser to open them in. */
export interface FixturePages {
  readonly views: Readonly<Record<string, PageView>>
  open(name: string, look?: Look): Promise<Opened>
  close(): Promise<void>
}

export async function makeFixturePages(): Promise<FixturePages> {
  const browser: Browser = await openBrowser()
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-page-'))
  const views = Object.fromEntries(Object.entries(FIXTURES).map(([name, make]) => [name, viewPage(make())]))
  for (const [name, view] of Object.entries(views))
    writeFileSync(join(folder, `${name}.html`), renderHtml(view, assets))
  return {
    views,
    async open(name, { width = 1280, colorScheme = 'light', before = '' } = {}) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
      const address = pathToFileURL(join(folder, `${name}.html`)).href
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
    },
    async close() {
      await browser.close()
      rmSync(folder, { recursive: true })
    },
  }
}
