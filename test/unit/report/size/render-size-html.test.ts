import { describe, expect, test } from 'vitest'
import { renderSizeHtml } from '../../../../src/report/size/html/render-size-html.ts'
import { viewSize } from '../../../../src/report/size/view-size.ts'
import type { TableView } from '../../../../src/report/view.ts'
import { CACHE_DEFAULTS } from '../../../../src/sizing/cdn/cdn-question.ts'
import { sizeSystem } from '../../../../src/sizing/size-system.ts'
import type { SizingAnswer } from '../../../../src/sizing/sizing-answer.ts'
import { measuredSystem, question } from '../../../support/measured-system.ts'
import { pageText } from '../../../support/page-text.ts'
import { HOSTILE } from '../../../support/report-fixture.ts'
import { SIZING_ANSWERS } from '../../../support/sizing-answers.ts'

const assets = { chartScript: '/* charts */', chartStyle: '/* style */', sha256: (): string => 'digest' }
const pageOf = (answer: SizingAnswer): string => renderSizeHtml(viewSize(answer), assets)
/** Numbers and their units stay on one line of a page. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ')
const cellsOf = ({ rows }: TableView): readonly string[] => rows.flat().map(({ text }) => text)

describe.each(Object.entries(SIZING_ANSWERS))('the page of the %s answer', (_name, answer) => {
  const view = viewSize(answer)
  const lines = plain(pageText(pageOf(answer))).split('\n')

  test('says what the view says: answer, options, limits, notes, formulas', () => {
    const said = [
      view.answer.sentence,
      ...cellsOf(view.options),
      ...cellsOf(view.rows),
      ...cellsOf(view.simulation?.peaks ?? { columns: [], rows: [], legend: null }),
      ...[...view.against, ...view.limits, ...view.formulas, ...view.checks, ...view.leftOut].map(
        ({ value }) => value,
      ),
      ...view.notes,
    ]
    for (const text of said) expect(lines).toContain(plain(text).trim())
  })

  test('draws the one chart, or none where nothing can be said', () => {
    const [, figures = ''] = /id="figures">\s*(.*?)\s*<\/script>/s.exec(pageOf(answer)) ?? []
    expect(JSON.parse(figures)).toHaveLength(answer.sized === null ? 0 : 1)
  })
})

test('one row of the options is marked, that which is recommended', () => {
  const rows = pageOf(SIZING_ANSWERS['worked']!).match(/<tr class="chosen">\s*<th[^>]*>[^<]*/g)
  // The other one is the reading that the recommendation is by.
  expect(rows?.map(row => row.slice(row.lastIndexOf('>') + 1).trim())).toEqual([
    'backends *',
    'pessimistic *',
  ])
})

test('the headline says whether the peak is carried', () => {
  const headline = (name: string): string => viewSize(SIZING_ANSWERS[name]!).answer.word
  expect(headline('worked')).toBe('10 backends carry the peak')
  expect(headline('kept')).toBe('what is there carries the peak')
  expect(headline('unreachable')).toMatch(/^\d+ backends behind a cache carry the peak$/)
  expect(headline('silent')).toBe('cannot tell')
})

test('names of reports and requests carry no markup into the page', () => {
  const { routes } = measuredSystem(400)
  const hostile = measuredSystem(400, 1, {
    label: HOSTILE,
    routes: routes.map(route => ({ ...route, name: HOSTILE, path: HOSTILE })),
  })
  const wish = { cdn: { cache: CACHE_DEFAULTS, objects: new Map(), ttls: new Map() }, simulate: null }
  const page = pageOf(sizeSystem(question(3000), [hostile], [], wish))
  expect(page.match(/<script/g)).toHaveLength(3)
  expect(page).not.toContain('<img')
  expect(pageText(page)).toContain('</script><script>')
})

test('is far below 1.5 MB: what is not the chart library is less than 100 kB', () => {
  for (const answer of Object.values(SIZING_ANSWERS)) expect(pageOf(answer).length).toBeLessThan(100_000)
})
