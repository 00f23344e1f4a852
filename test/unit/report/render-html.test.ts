import { readFileSync } from 'node:fs'
import { assert, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { embedJson } from '../../../src/report/html/embed-json.ts'
import { escapeHtml, html, trusted } from '../../../src/report/html/markup.ts'
import { renderHtml } from '../../../src/report/html/render-html.ts'
import { viewReport } from '../../../src/report/view/view-report.ts'
import {
  FIXTURES,
  HOSTILE,
  hostileReport,
  launchReport,
  untrustedReport,
} from '../../support/report-fixture.ts'

const page = (report: Parameters<typeof viewReport>[0]): string =>
  renderHtml(viewReport(report), { chartScript: '/* charts */', chartStyle: '/* style */' })

describe('markup', () => {
  test('escapes what stands in a template, in elements and in attributes', () => {
    const name = `<b a="1" c='2'>&`
    expect(html`<p title="${name}">${name}</p>`.markup).toBe(
      '<p title="&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;">&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;</p>',
    )
  })

  test('leaves alone what is markup already, alone and in lists', () => {
    const item = html`<b>a &amp; b</b>`
    expect(html`<p>${[item, item]}${trusted('<br>')}</p>`.markup).toBe(
      '<p><b>a &amp; b</b><b>a &amp; b</b><br></p>',
    )
  })

  test('lets no text open a tag, an entity or an attribute', () => {
    assert(
      property(string({ unit: 'binary' }), text => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/)
      }),
    )
  })
})

describe('embedded data', () => {
  test('cannot end its script element nor open a comment in it', () => {
    const embedded = embedJson({ a: '</script><!--', b: '\u2028\u2029' })
    expect(embedded).not.toMatch(/[<\u2028\u2029]/)
    expect(JSON.parse(embedded)).toEqual({ a: '</script><!--', b: '\u2028\u2029' })
  })

  test('is read back as it was, whatever it holds', () => {
    assert(
      property(string({ unit: 'binary' }), text => {
        expect(JSON.parse(embedJson([text]))).toEqual([text])
        expect(embedJson([text])).not.toContain('<')
      }),
    )
  })
})

describe('the page', () => {
  test('has no element but its own where names and answers try to bring some', () => {
    const shape = (text: string): string[] => [...text.matchAll(/<\/?[a-z][a-z0-9]*/gi)].map(([tag]) => tag)
    const own = new Set(shape(page(launchReport())))
    expect(shape(page(hostileReport())).filter(tag => !own.has(tag))).toEqual([])
    expect(page(hostileReport())).not.toContain(HOSTILE.slice(0, 20))
    expect(shape(page(hostileReport())).filter(tag => tag === '<script')).toHaveLength(3)
  })

  test('forbids every connection and names no address to load from', () => {
    const text = page(launchReport())
    expect(text).toContain(
      `content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; script-src &#39;unsafe-inline&#39;; img-src data:"`,
    )
    expect(text).not.toMatch(/<(link|img|iframe)|\ssrc=|@import|url\(/)
  })

  test.each(Object.entries(FIXTURES))('of the %s report gives every headline of its view', (_name, make) => {
    const text = page(make())
    for (const { value } of viewReport(make()).headlines) expect(text).toContain(escapeHtml(value))
  })

  test('of a run that cannot be believed has no knee in its charts either', () => {
    const { charts } = viewReport(untrustedReport())
    expect(charts.length).toBeGreaterThan(0)
    expect(charts.flatMap(({ marks }) => marks).filter(({ role }) => role === 'knee')).toEqual([])
    expect(charts.flatMap(({ bands }) => bands).filter(({ role }) => role === 'knee')).toEqual([])
  })

  test('stays below 400 kB for a run of 90 s with the chart library, so that twice as long does too', () => {
    const folder = new URL('../../../node_modules/uplot/dist/', import.meta.url)
    const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8')
    const assets = { chartScript: read('uPlot.iife.min.js'), chartStyle: read('uPlot.min.css') }
    const whole = renderHtml(viewReport(launchReport()), assets)
    const figures = embedJson(viewReport(launchReport()).charts)
    expect(whole.length + figures.length).toBeLessThan(400_000)
  })
})
