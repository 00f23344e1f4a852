import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { renderHtml } from '../../src/report/html/render-html.ts'
import type { PageView } from '../../src/report/page-view.ts'
import { viewPage } from '../../src/report/view/page/view-page.ts'
import { openBrowser } from '../support/open-browser.ts'
import { FIXTURES } from '../support/report-fixture.ts'
import { assets, openPage } from './open-page.ts'
import type { Look, Opened } from './open-page.ts'

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
    open: (name, look) => openPage(browser, pathToFileURL(join(folder, `${name}.html`)).href, look),
    async close() {
      await browser.close()
      rmSync(folder, { recursive: true })
    },
  }
}
