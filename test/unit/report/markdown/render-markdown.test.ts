import { describe, expect, test } from 'vitest'
import { renderMarkdown } from '../../../../src/report/markdown/render-markdown.ts'
import type { Report } from '../../../../src/report/report.ts'
import type { ReportView } from '../../../../src/report/view.ts'
import { viewReport } from '../../../../src/report/view/view-report.ts'
import { kindsOf, textOf, tokensOf } from '../../../support/markdown-tokens.ts'
import {
  emptyReport,
  FIXTURES,
  HOSTILE,
  hostileReport,
  launchReport,
  untrustedReport,
} from '../../../support/report-fixture.ts'

const markdownOf = (report: Report): string => renderMarkdown(viewReport(report))
const headingsOf = (markdown: string): readonly string[] =>
  markdown.split('\n').filter(line => /^#{2,} /.test(line))

describe('the launch report as a comment', () => {
  const markdown = markdownOf(launchReport())

  test('says verdict and the three numbers first', () => {
    const [verdict, , about, , ...table] = markdown.split('\n')
    expect(verdict).toBe('## ❌ Failed: knee &gt; 900/s does not hold: the knee is 842/s (826/s to 858/s).')
    expect(about).toMatch(/^\*\*storefront launch\*\* · `http:\/\/127\.0\.0\.1:8080` · 2026-03-04 /)
    expect(table.slice(0, 3)).toEqual([
      '| knee | 502 onset | headroom |',
      '| :-- | :-- | :-- |',
      '| **842/s** | **851/s** | **❌ short by 358/s** |',
    ])
  })

  test('then promises, why it stops there, what to do next; all else is folded', () => {
    expect(headingsOf(markdown).slice(1)).toEqual([
      '### Promises',
      '### Why it stops there',
      '### What to do next',
    ])
    const unfolded = markdown.slice(0, markdown.indexOf('<details>'))
    expect(unfolded).toContain(
      '| ❌ broken | **knee &gt; 900/s** | 842/s (826/s to 858/s) | Even its upper end is below 900/s. |',
    )
    expect(unfolded).toContain('| ⚠️ cannot tell | **errors &lt; 0.1% up to 800/s** |')
    const summaries = [...markdown.matchAll(/<summary>(.*)<\/summary>/g)].map(match => match[1])
    expect(summaries.slice(0, 3)).toEqual(
      ['Stages (3)', 'Requests (3)', 'Where the time goes'].slice(0, 2).concat('Sizing'),
    )
  })

  test('has a row for each stage, as Markdown reads it', () => {
    const stages = markdown.slice(markdown.indexOf('<summary>Stages'), markdown.indexOf('<summary>Requests'))
    // A head and three stages.
    expect(tokensOf(stages).filter(({ type }) => type === 'tr_open')).toHaveLength(4)
    expect(textOf(stages)).toContain('ramp')
  })
})

test('what may not be believed is marked as such before anything else', () => {
  const markdown = markdownOf(untrustedReport())
  expect(markdown).toMatch(/^## ⚠️ Cannot tell: /)
  expect(markdown).toContain('| **⚠️ not trustworthy** | **⚠️ not trustworthy** | **⚠️ not trustworthy** |')
  expect(markdown).toContain('> ⚠️ These numbers cannot be believed.')
})

test('a run that measured nothing says why and what to do, and no more', () => {
  const markdown = markdownOf(emptyReport())
  expect(headingsOf(markdown).slice(1)).toEqual(['### Why it stops there', '### What to do next'])
  expect(markdown).not.toContain('<details>')
  expect(markdown).not.toContain('|')
})

describe('texts of the scenario and the target', () => {
  test('full of markup make the same elements as harmless ones', () => {
    const hostile = markdownOf(hostileReport())
    const harmless = markdownOf({ ...launchReport(), trust: { ok: true, reasons: [], notes: ['a note'] } })
    expect(textOf(hostile)).toContain('<img src=x onerror="window.hacked=1">')
    expect(kindsOf(hostile).filter(kind => kind !== 'text_special')).toEqual(
      kindsOf(harmless).filter(kind => kind !== 'text_special'),
    )
    const html = (markdown: string): readonly string[] =>
      tokensOf(markdown)
        .filter(({ type }) => type.startsWith('html'))
        .map(({ content }) => content.trim())
    const known = /^(<details>\n<summary>[\w ]+( \(\d+\))?<\/summary>|<\/details>)$/
    expect(html(hostile).filter(element => !known.test(element))).toEqual([])
  })

  test.each(Object.keys(FIXTURES))(
    'of the report "%s" begin no line with a command of GitLab and make no link',
    name => {
      const markdown = markdownOf(FIXTURES[name]!())
      expect(markdown).not.toMatch(/^\s*\//m)
      expect(tokensOf(markdown).filter(({ type }) => /link|image/.test(type))).toEqual([])
    },
  )
})

describe('a report with too much of everything', () => {
  const long = `@${HOSTILE}$|`.repeat(200)
  const many = <Item>(item: Item): readonly Item[] => Array.from({ length: 3000 }, () => item)
  const fact = { label: long, value: long }
  const { columns } = viewReport(launchReport()).stages
  const table = {
    columns,
    rows: many(columns.map(() => ({ text: long, tone: 'plain' as const }))),
    legend: long,
  }
  const whole = viewReport(launchReport())
  const view: ReportView = {
    ...whole,
    title: long,
    target: long,
    about: long,
    ending: long,
    verdict: {
      ...whole.verdict,
      sentence: long,
    },
    headlines: whole.headlines.map(own => ({
      ...own,
      label: long,
      value: long,
      detail: long,
      text: long,
      note: long,
      lines: many(fact),
    })),
    trust: {
      ...whole.trust,
      ok: false,
      text: long,
      reasons: many(long),
      furtherReasons: many(long),
      notes: many(long),
    },
    limits: {
      text: long,
      tone: 'bad',
      because: long,
      saturation: long,
      causes: many({
        name: long,
        certainty: long,
        claim: long,
        evidence: [long, long],
        next: long,
      }),
    },
    recovery: {
      text: long,
      tone: 'bad',
    },
    promises: many({
      text: long,
      held: {
        text: 'held',
        tone: 'good',
      },
      measured: long,
      because: long,
    }),
    stages: table,
    routes: table,
    phases: many(fact),
    definitions: many(fact),
    run: many(fact),
    sizing: {
      because: long,
      facts: many(fact),
      options: table,
      against: many(fact),
      formulas: many(long),
    },
    generator: {
      text: long,
      tone: 'good',
      facts: many(fact),
      noted: [],
    },
    next: many({
      text: long,
      command: ['plimsoll', 'run', 'x'.repeat(900)],
    }),
    search: {
      text: long,
      facts: many(fact),
      flags: many(fact),
      steps: table,
      chart: whole.charts[0]!,
      path: {
        steps: [],
        knee: null,
        rateLabel: '',
        timeLabel: '',
        empty: '',
      },
    },
  }
  const markdown = renderMarkdown(view)

  test('stays below 65 000 characters and below the bytes that a comment may have', () => {
    expect(markdown.length).toBeLessThan(65_000)
    expect(new TextEncoder().encode(markdown).length).toBeLessThan(262_144)
  })

  test('says of each table and list that it was cut, and closes what it opened', () => {
    expect(markdown).toMatch(/\*The first \d+ of 3000 rows: /)
    expect(markdown).toMatch(/\*The first \d+ of 3000 entries: /)
    expect(markdown.split('<details>')).toHaveLength(markdown.split('</details>').length)
    expect(markdown).toContain('This run')
  })
})

test('half a command is not shown', () => {
  const view = viewReport(launchReport())
  const markdown = renderMarkdown({
    ...view,
    next: [{ text: 'Do this.', command: ['plimsoll', 'x'.repeat(2000)] }],
  })
  expect(markdown).toContain('1. Do this.\n   (The command is too long to stand here.)')
  expect(markdown).not.toContain('xxx')
})
