import { createHash } from 'node:crypto'
import { assert, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { embedJson } from '../../../../src/report/html/embed-json.ts'
import { escapeHtml, html, trusted } from '../../../../src/report/html/markup.ts'
import { renderHtml } from '../../../../src/report/html/render-html.ts'
import { viewPage } from '../../../../src/report/view/page/view-page.ts'
import { viewReport } from '../../../../src/report/view/view-report.ts'
import {
  FIXTURES,
  HOSTILE,
  emptyReport,
  hostileReport,
  launchReport,
  untrustedReport,
} from '../../../support/report-fixture.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64')
const page = (report: Parameters<typeof viewPage>[0]): string =>
  renderHtml(viewPage(report), { chartScript: '/* charts */', chartStyle: '/* style */', sha256 })

/** Names of the tags, in order. */
const shape = (text: string): string[] => [...text.matchAll(/<\/?[a-z][a-z0-9]*/gi)].map(([tag]) => tag)

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
    const own = new Set(shape(page(launchReport())))
    expect(shape(page(hostileReport())).filter(tag => !own.has(tag))).toEqual([])
    expect(page(hostileReport())).not.toContain(HOSTILE.slice(0, 20))
    expect(shape(page(hostileReport())).filter(tag => tag === '<script')).toHaveLength(3)
  })

  test('forbids every connection and names no address to load from', () => {
    const text = page(launchReport())
    expect(policyOf(text)['default-src']).toEqual(["'none'"])
    expect(policyOf(text)['base-uri']).toEqual(["'none'"])
    expect(policyOf(text)['form-action']).toEqual(["'none'"])
    expect(text).not.toMatch(/<(link|img|iframe)|\ssrc=|@import|url\(/)
  })

  test.each(Object.entries(FIXTURES))('of the %s report gives every headline of its view', (_name, make) => {
    const text = page(make())
    for (const { value } of viewReport(make()).headlines) expect(text).toContain(escapeHtml(value))
  })

  test('of a run that cannot be believed has no knee in its charts either', () => {
    const { againstLoad, overTime } = viewPage(untrustedReport())
    const charts = [...againstLoad, ...overTime].map(({ chart }) => chart)
    expect(charts.length).toBeGreaterThan(0)
    expect(charts.flatMap(({ marks }) => marks).filter(({ role }) => role === 'knee')).toEqual([])
    expect(charts.flatMap(({ bands }) => bands).filter(({ role }) => role === 'knee')).toEqual([])
  })

  test('lets run and style what stands in it, by digest, and nothing else', () => {
    const text = page(hostileReport())
    const inside = (tag: string): string[] =>
      [...text.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, 'g'))].map(
        ([, own]) => `'sha256-${sha256(own!)}'`,
      )
    expect(inside('script')).toHaveLength(2)
    expect(policyOf(text)['script-src']).toEqual(inside('script'))
    expect(inside('style')).toHaveLength(1)
    expect(policyOf(text)['style-src']).toEqual(inside('style'))
    const marked = text.replaceAll(/<(script|style)[^]*?<\/\1>|"[^"]*"/g, '')
    expect([...marked.matchAll(/<[^>]*\s(?:style|on\w+)=/g)].map(([tag]) => tag)).toEqual([])
  })

  test('keeps its shape whatever the run is called', () => {
    const report = emptyReport()
    const own = shape(page(report))
    assert(
      property(string({ unit: 'binary' }), name => {
        const named = { ...report, because: name, run: { ...report.run, name, target: name } }
        expect(shape(page(named))).toEqual(own)
      }),
    )
  })
})

/** The page's Content Security Policy: directives with their sources. */
function policyOf(text: string): Record<string, string[]> {
  const [, content] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text)!
  const directives = content!.replaceAll('&#39;', "'").split('; ')
  return Object.fromEntries(
    directives.map(directive => {
      const [name, ...sources] = directive.split(' ')
      return [name!, sources]
    }),
  )
}
