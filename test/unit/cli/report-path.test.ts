import { expect, test } from 'vitest'
import { reportPath } from '../../../src/cli/report-path.ts'

/** Local time, as the file's name has it. */
const HALF_PAST_NINE = new Date(2026, 0, 31, 9, 30, 5)

test.each([
  ['storefront launch', 'storefront-launch'],
  ['  Prélude: à la carte!  ', 'prelude-a-la-carte'],
  ['../../etc/passwd', 'etc-passwd'],
  ['店', 'run'],
  ['', 'run'],
  ['x'.repeat(200), 'x'.repeat(60)],
])('the report of %j is named so that every file system takes it', (name, slug) => {
  expect(reportPath(name, HALF_PAST_NINE)).toBe(`reports/${slug}-20260131-093005.json`)
})
