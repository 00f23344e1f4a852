import { createHash } from 'node:crypto'
import { assert, property, string } from 'fast-check'
import MarkdownIt from 'markdown-it'
import { describe, expect, test } from 'vitest'
import type { Comparison } from '../../../../src/compare/comparison.ts'
import { compareRuns } from '../../../../src/compare/compare-runs.ts'
import { DEFAULT_MARGINS } from '../../../../src/compare/margins.ts'
import type { RunFigures } from '../../../../src/compare/run-figures.ts'
import { renderComparisonHtml } from '../../../../src/report/compare/html/render-comparison-html.ts'
import { markdownText } from '../../../../src/report/compare/markdown-text.ts'
import { renderComparisonJson } from '../../../../src/report/compare/render-comparison-json.ts'
import { renderComparisonMarkdown } from '../../../../src/report/compare/render-comparison-markdown.ts'
import { renderComparisonTerminal } from '../../../../src/report/compare/render-comparison-terminal.ts'
import { viewComparison } from '../../../../src/report/compare/view-comparison.ts'
import { cleanText } from '../../../../src/report/view/clean-text.ts'
import { textWidth } from '../../../../src/report/terminal/text-width.ts'
import { pretendedRun } from '../../../support/compare-fixture.ts'
import type { RunWish } from '../../../support/compare-fixture.ts'
import { FACTS } from '../../../support/fixture-result.ts'
import { HOSTILE } from '../../../support/report-fixture.ts'

function compared(base: readonly RunFigures[], candidate: readonly RunFigures[]): Comparison {
  const answer = compareRuns(base, candidate, {
    asPaired: false,
    margins: DEFAULT_MARGINS,
    perSide: 0.025,
    force: true,
  })
  if (!answer.ok) throw new Error(answer.problems.map(({ message }) => message).join('\n'))
  return answer.value
}

const side = (
  label: string,
  hours: readonly number[],
  capacity: number,
  wish: Partial<RunWish> = {},
): RunFigures[] =>
  hours.map((hour, i) =>
    pretendedRun({ label: `reports/${label}-${i}.json`, hour, capacity: capacity * (1 + i / 200), ...wish }),
  )

/** The first run of the candidate, with a hostile text wherever a file, a scenario or a target has a say. */
function hostileSide(runs: readonly RunFigures[]): readonly RunFigures[] {
  return runs.map((run, index) => ({
    ...run,
    label: `${HOSTILE} ${index}`,
    findings: { ...run.findings, trust: { ok: index > 0, reasons: [HOSTILE], notes: [] } },
    result: {
      ...run.result,
      plan: {
        ...run.result.plan,
        name: HOSTILE,
        target: { ...run.result.plan.target, host: HOSTILE },
        requests: run.result.plan.requests.map(own => ({ ...own, name: HOSTILE, path: `/${HOSTILE}` })),
      },
      run: { ...run.result.run, scenario: { ...FACTS.scenario, digest: HOSTILE } },
    },
  }))
}

const base = side('base', [0, 3, 4], 800)
const worse = side('new', [1, 2, 5], 700, { slow: { request: 'checkout', times: 2 } })
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  regressed: compared(base, worse),
  single: compared(base.slice(0, 1), worse.slice(0, 1)),
  hostile: compared(hostileSide(base), worse),
}

const terminal = (comparison: Comparison, columns: number, colour = false): string =>
  renderComparisonTerminal(viewComparison(comparison), { columns, colour })

describe.each(Object.entries(COMPARISONS))('the %s comparison', (_, comparison) => {
  test.each([40, 80, 100, 200])('fits %i columns', columns => {
    const widths = terminal(comparison, columns).split('\n').map(textWidth)
    expect(Math.max(...widths)).toBeLessThanOrEqual(columns)
  })

  test('has no control character, and says the same with colour', () => {
    // oxlint-disable-next-line no-control-regex -- finding them is the purpose
    expect(terminal(comparison, 80)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
    const coloured = terminal(comparison, 80, true)
    expect(coloured).toContain('\u001b[')
    // oxlint-disable-next-line no-control-regex -- taking them away is the purpose
    expect(coloured.replaceAll(/\u001b\[[\d;]+m/g, '')).toBe(terminal(comparison, 80))
  })

  test('comes back from JSON as it was', () => {
    const json = renderComparisonJson(comparison)
    expect(json).toMatch(/^\{\n {2}"schema": "plimsoll\/comparison@1",\n/)
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(comparison)))
    // Numbers that JSON cannot hold would come back as null.
    expect(JSON.parse(json)).toEqual(comparison)
  })

  test('has the same verdict and figures in every layout', () => {
    const view = viewComparison(comparison)
    const page = pageOf(comparison)
    const markdown = renderComparisonMarkdown(view)
    for (const row of view.metrics.rows) {
      const [, own, other, change] = row.map(({ text }) => text)
      for (const text of [own!, other!, change!]) {
        expect(plain(terminal(comparison, 200))).toContain(plain(text))
        expect(plain(markdown.replaceAll('\\', ''))).toContain(plain(text))
        expect(plain(page)).toContain(plain(text))
      }
    }
  })
})

const plain = (text: string): string => text.replaceAll(/[\u00a0\s]+/g, ' ')

const assets = {
  chartScript: 'const uPlot = 0',
  chartStyle: '.uplot {}',
  sha256: (text: string): string => createHash('sha256').update(text).digest('base64'),
}
const pageOf = (comparison: Comparison): string => renderComparisonHtml(viewComparison(comparison), assets)

test('at 80 columns the figures have metric, both sides, change and verdict', () => {
  expect(plain(terminal(COMPARISONS['regressed']!, 80))).toMatch(
    /metric base candidate change verdict .* knee \* 804\/s 704\/s −12 % regressed/,
  )
})

test('a wide terminal shows interval, margin and Hodges–Lehmann as well', () => {
  expect(terminal(COMPARISONS['regressed']!, 200)).toMatch(
    /change +interval +margin +verdict +Hodges–Lehmann/,
  )
})

test('one run on each side: what to do next is said', () => {
  expect(plain(terminal(COMPARISONS['single']!, 80))).toContain(
    'Run each side 5 times, base and candidate in turn: base, candidate, candidate, base, …',
  )
})

describe('Markdown', () => {
  const github = new MarkdownIt({ html: true, linkify: true })

  test('of hostile names has the tags that we write, and no others', () => {
    const page = github.render(renderComparisonMarkdown(viewComparison(COMPARISONS['hostile']!)))
    const tags = [...page.matchAll(/<\/?([a-z][\w-]*)([^>]*)>/gi)].map(match => match[1]!.toLowerCase())
    const allowed = 'h3 strong p table thead tbody tr th td sub details summary ul li'.split(' ')
    expect([...new Set(tags)].filter(tag => !allowed.includes(tag))).toEqual([])
    expect(page).toContain('&lt;script&gt;')
  })

  test('shows any text as it is, in a paragraph and in a table', () => {
    assert(
      property(string({ unit: 'grapheme', maxLength: 40 }), raw => {
        const text = cleanText(raw).trim().replaceAll(/\s+/g, ' ')
        if (text === '') return
        const shown = (html: string): string =>
          html
            .replaceAll('&lt;', '<')
            .replaceAll('&gt;', '>')
            .replaceAll('&quot;', '"')
            .replaceAll('&amp;', '&')
            .replaceAll('\u00a0', ' ')
            .trim()
        expect(shown(github.renderInline(markdownText(text)))).toBe(text)
        const cell = github.render(`| a |\n| --- |\n| ${markdownText(text)} |\n`)
        expect(shown(/<tbody>\s*<tr>\s*<td>([\s\S]*)<\/td>/.exec(cell)?.[1] ?? '')).toBe(text)
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['<b>&amp;', '&lt;b&gt;&amp;amp;'],
    ['@everyone', '&#64;everyone'],
    ['#12', '&#35;12'],
    ['http://x.example', 'http&#58;//x.example'],
    ['www.x.example', 'www&#46;x.example'],
    [':tada:', '&#58;tada:'],
    ['1. not a list', String.raw`1\. not a list`],
    ['- nor this', String.raw`\- nor this`],
  ])('%s mentions nobody and links nowhere', (text, written) => {
    expect(markdownText(text)).toBe(written)
  })
})

describe('the page', () => {
  test('lets in its own scripts by digest and nothing else', () => {
    const page = pageOf(COMPARISONS['regressed']!)
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? ''
    expect(policy).toContain('default-src &#39;none&#39;')
    const inline = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(match => match[1]!)
    expect(inline).toHaveLength(2)
    for (const script of inline) expect(policy).toContain(assets.sha256(script))
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
    expect(policy).toContain(assets.sha256(style))
  })

  test('shows hostile names as text', () => {
    const page = pageOf(COMPARISONS['hostile']!)
    expect(page).not.toContain('<img')
    expect(page.match(/<script/g)).toHaveLength(3)
    expect(page).toContain('&lt;/script&gt;&lt;script&gt;')
  })

  test('has both sides over one axis, gaps where a side has no window', () => {
    const [goodput] = viewComparison(COMPARISONS['regressed']!).charts
    expect(goodput!.series.map(({ label }) => label)).toEqual(['base', 'candidate'])
    for (const { values } of goodput!.series) expect(values).toHaveLength(goodput!.xs.length)
    expect(goodput!.xs).toEqual([...goodput!.xs].sort((a, b) => a - b))
    // Beyond saturation good answers stay at the capacity, 800/s and 700/s and what the runs add to it.
    const last = goodput!.series.map(({ values }) => values.filter(value => value !== null).at(-1))
    expect(last[0]!).toBeCloseTo(804, -1)
    expect(last[1]!).toBeCloseTo(703.5, -1)
  })
})
