import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

const CHROMIUM = '/usr/bin/chromium'

/**
 * May tests that need a browser be left out? Only with a loud word, and never where the answer counts: under `CI` they
 * run, and fail for want of a browser.
 */
export function browserIsMissing(): boolean {
  if (existsSync(CHROMIUM) || process.env['CI'] !== undefined) return false
  console.warn(
    `SKIPPED: there is no ${CHROMIUM}; install it (Debian: apt-get install chromium) to test the page`,
  )
  return true
}

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
