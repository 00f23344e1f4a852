import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Comparison } from '../../../../src/compare/comparison.ts'
import { compareRuns } from '../../../../src/compare/compare-runs.ts'
import { DEFAULT_MARGINS } from '../../../../src/compare/margins.ts'
import type { RunFigures } from '../../../../src/compare/run-figures.ts'
import { renderComparisonHtml } from '../../../../src/report/compare/html/render-comparison-html.ts'
import { renderComparisonJson } from '../../../../src/report/compare/render-comparison-json.ts'
import { renderComparisonMarkdown } from '../../../../src/report/compare/render-comparison-markdown.ts'
import { renderComparisonTerminal } from '../../../../src/report/compare/render-comparison-terminal.ts'
import { viewComparison } from '../../../../src/report/compare/view-comparison.ts'
import { textWidth } from '../../../../src/report/terminal/text-width.ts'
import { pretendedRun } from '../../../support/compare-fixture.ts'
import type { RunWish } from '../../../support/compare-fixture.ts'
import { FACTS } from '../../../support/fixture-result.ts'
import { kindsOf, textOf, tokensOf } from '../../../support/markdown-tokens.ts'
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
    /change +verdict +interval +margin +Hodges–Lehmann/,
  )
})

describe('what to do next', () => {
  const next = (comparison: Comparison): readonly string[] =>
    viewComparison(comparison).next.map(({ text, command }) => [text, ...(command ?? [])].join(' '))

  test('after a regression: the request that got worse most, and a report of the candidate', () => {
    const [worst, read] = next(COMPARISONS['regressed']!)
    // M/M/1 at 480/s: 1000/(804 − 480) = 3.09 ms, with 704/s 4.46 ms, and checkout takes twice that: 2.89 times as long.
    expect(worst).toMatch(/^Of the requests, checkout got worse most: p\d\d at 480\/s \+1(?:8|9)\d %\.$/)
    expect(read).toBe('See what limits a run of the candidate. plimsoll report reports/new-0.json')
  })

  test('nothing where nothing got worse', () => {
    expect(next(compared(base, side('new', [1, 2, 5], 900)))).toEqual([])
    expect(next(compared(base, side('new', [1, 2, 5], 803)))).toEqual([])
  })

  test('about as many pairs as would decide, or steadier runs where that would be too many', () => {
    const inconclusive = compared(base, [
      ...side('a', [1], 760),
      ...side('b', [2], 840),
      ...side('c', [5], 800),
    ])
    const [knee, ...others] = inconclusive.metrics
    const needing = (pairsNeeded: number): Comparison => ({
      ...inconclusive,
      metrics: [{ ...knee!, pairsNeeded }, ...others],
    })
    expect(inconclusive.verdict).toBe('inconclusive')
    expect(knee!.primary).toBe(true)
    expect(next(needing(1))[0]).toMatch(/^Make about 1 more pair, /)
    expect(next(needing(30))[0]).toMatch(/^Make about 30 more pairs, /)
    expect(next(needing(31))[0]).toMatch(/^It would take about 31 more pairs: .* \(--margin knee=…\)\.$/)
  })
})

test('what differs though it ought not to is told beside the runs, not only below', () => {
  const { machine } = FACTS
  const run = { machine: { ...machine, cpus: machine.cpus + 6 } }
  const { about } = viewComparison(compared(base, side('new', [1, 2, 5], 800, { run })))
  expect(about).toBe('3 base runs against 3 candidate runs, paired, compared by force: not the same cores')
})

test('one run on each side: what to do next is said', () => {
  expect(plain(terminal(COMPARISONS['single']!, 80))).toContain(
    'Run each side 5 times, base and candidate in turn: base, candidate, candidate, base, …',
  )
})

describe('Markdown', () => {
  const markdown = renderComparisonMarkdown(viewComparison(COMPARISONS['hostile']!))

  test('of hostile names has nothing that they bring: no element, link, picture or code', () => {
    const plain = kindsOf(renderComparisonMarkdown(viewComparison(COMPARISONS['regressed']!)))
    expect(kindsOf(markdown).filter(kind => !plain.includes(kind) && kind !== 'text_special')).toEqual([])
    const elements = tokensOf(markdown)
      .filter(({ type }) => type.startsWith('html'))
      .flatMap(({ content }) => content.match(/<\/?\w+[^>]*>/g) ?? [])
    expect([...new Set(elements)].toSorted()).toEqual(['</details>', '</summary>', '<details>', '<summary>'])
    expect(textOf(markdown)).toContain(HOSTILE.slice(0, 40))
  })

  test('has the verdict, the figures and what to do next open, the requests folded', () => {
    const text = renderComparisonMarkdown(viewComparison(COMPARISONS['regressed']!))
    expect(text).toMatch(/^## ❌ Regressed: storefront launch\n/)
    const [open] = text.split('<details>')
    expect(open).toContain(
      '| knee \\* | 804/s | 704/s | −12 % | regressed |'.replaceAll(/(?<=\d) (?=%)/g, '\u00a0'),
    )
    expect(open).toContain('### What to do next')
    expect(text).toContain('<summary>Requests (')
  })

  test('fits a comment on GitHub, however many runs and however long their names', () => {
    const long = COMPARISONS['regressed']!
    const runs = Array.from({ length: 2000 }, (_, i) => ({
      ...long.base.runs[0]!,
      label: `${'<&>'.repeat(400)}${i}`,
    }))
    const leftOut = runs.map(({ label }) => ({
      side: 'base' as const,
      run: label,
      metrics: [],
      because: 'it cannot be trusted',
    }))
    const text = renderComparisonMarkdown(viewComparison({ ...long, leftOut }))
    expect(text.length).toBeLessThan(65_536)
    expect(text).toContain('of 2000 entries')
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
