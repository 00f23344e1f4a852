import { parse } from 'csv-parse/sync'
import MarkdownIt from 'markdown-it'
import { describe, expect, test } from 'vitest'
import { renderCsv } from '../../../src/cli/render-csv.ts'
import { runRows } from '../../../src/history/csv/run-rows.ts'
import { historyOf, runsOf } from '../../../src/history/history.ts'
import type { History } from '../../../src/history/history.ts'
import { renderPage } from '../../../src/history/html/render-page.ts'
import { renderMarkdown } from '../../../src/history/markdown/render-markdown.ts'
import type { SetAsideReason } from '../../../src/history/read-report.ts'
import { renderJson } from '../../../src/history/render-json.ts'
import { rowOf } from '../../../src/history/row-of.ts'
import { rateAxis } from '../../../src/history/terminal/rate-axis.ts'
import { renderHistory } from '../../../src/history/terminal/render-history.ts'
import { viewHistory } from '../../../src/history/view/view-history.ts'
import { textWidth } from '../../../src/report/terminal/text-width.ts'
import type { Report } from '../../../src/report/report.ts'
import { dailyRuns, historyReport } from '../../support/history-report.ts'

const HOSTILE = `<img src=x onerror="window.hacked=1">\u001b[31m | \`code\` [a](http://b) @someone *x* \u202e=1+1`

function historyFrom(
  reports: readonly Report[],
  setAside: readonly [file: string, is: SetAsideReason][] = [],
): History {
  const found = reports.map((report, i) => ({
    file: `run-${String(i).padStart(2, '0')}.json`,
    row: rowOf(report)!,
  }))
  return historyOf({
    folder: 'reports',
    runs: runsOf(found),
    setAside: setAside.map(([file, is]) => ({ file, is })),
    isWhole: true,
  })
}
const fall = historyFrom(dailyRuns(40, i => (i < 20 ? 812 : 640)))
const hostile = historyFrom(
  dailyRuns(12, () => 100, { name: HOSTILE }),
  [[`${HOSTILE}.json`, 'no-report']],
)
const terminal = (history: History, columns: number, last?: number): string =>
  renderHistory(viewHistory(history, last), { columns, colour: false })

describe('the words of a history', () => {
  test('say where the knee changed, by how much, and how sure that is', () => {
    const [group] = viewHistory(fall).groups
    expect(group!.changes).toHaveLength(1)
    expect(group!.changes[0]).toMatchObject({ tone: 'bad' })
    expect(group!.changes[0]!.text).toMatch(
      /^The knee fell from 8[01]\d\/s to 6[34]\d\/s between 2026-01-20 10:00 \(run-19\.json\) and 2026-01-21 10:00 \(run-20\.json\) \(−2[0-3] %, p < 0\.0001\)\.$/,
    )
  })

  test('say so when another version of plimsoll began there', () => {
    const reports = dailyRuns(20, i => (i < 10 ? 600 : 800)).map((report, i) =>
      i < 10
        ? report
        : historyReport({ ...report.run, kneeRps: report.capacity.knee.rps!, toolVersion: '0.2.0' }),
    )
    const [change] = viewHistory(historyFrom(reports)).groups[0]!.changes
    expect(change).toMatchObject({ tone: 'good' })
    expect(change!.text).toContain('rose from')
    expect(change!.text).toContain('plimsoll went from 0.1.0 to 0.2.0 between them, too')
  })

  test('say that there is no change, or too little to tell', () => {
    const calm = viewHistory(historyFrom(dailyRuns(12, () => 800, { sd: 0 }))).groups[0]!
    expect(calm.changes[0]!.text).toBe('No change found in 12 runs: the knee is 800/s on average.')
    expect(calm.outlook).toContain('a knee from 800/s to 800/s')
    // A level takes five runs: with nine a change cannot be found, and is not said to be absent.
    const few = viewHistory(historyFrom(dailyRuns(9, () => 800, { sd: 0 }))).groups[0]!
    expect(few.changes[0]!.text).toBe(
      'The knee is 800/s on average. 9 runs are too few to see a change; that takes 10.',
    )
    const one = viewHistory(historyFrom(dailyRuns(1, () => 800, { sd: 0 }))).groups[0]!
    expect(one.changes[0]!.text).toBe('The knee is 800/s in the one run there is.')
    expect(one.outlook).toBe(
      'What one more run should find cannot be said yet: that takes 8 runs with a measured knee, and there is 1.',
    )
  })

  test('count and name what was set aside, in one line', () => {
    const history = historyFrom(
      [],
      [
        ['a.json', 'damaged'],
        ...['b', 'c', 'd', 'e'].map((name): [string, SetAsideReason] => [`${name}.json`, 'no-report']),
        ['f.json.journal', 'journal'],
      ],
    )
    expect(viewHistory(history)).toMatchObject({
      summary:
        'No report of plimsoll in reports. Name the folder that plimsoll run writes to: plimsoll history FOLDER.',
      setAside:
        'Set aside: 1 journal of a run that was cut off (f.json.journal), ' +
        '4 JSON files that are no reports (b.json, c.json, d.json, 1 more) and 1 damaged report (a.json).',
    })
  })

  test('say what to do next: compare around the last change, make more runs, or go beyond the knee', () => {
    const next = (history: History): readonly string[] =>
      viewHistory(history).groups[0]!.next.map(({ text, command }) => [text, ...(command ?? [])].join(' '))
    // The five before run 20, and the five from it on.
    expect(next(fall)).toEqual([
      'See what else changed: compare the runs before with those after. plimsoll compare ' +
        [15, 16, 17, 18, 19].map(n => `reports/run-${n}.json`).join(' ') +
        ` -- ${[20, 21, 22, 23, 24].map(n => `reports/run-${n}.json`).join(' ')}`,
    ])
    expect(next(historyFrom(dailyRuns(3, () => 800)))).toEqual([
      'Keep the reports of 5 more runs: after that plimsoll gate --history tells a bad run from a common one.',
    ])
    expect(next(historyFrom(dailyRuns(9, () => 800, { bound: 'at-least' })))[0]).toMatch(
      /^Let a run go beyond the knee/,
    )
    expect(next(historyFrom(dailyRuns(12, () => 800)))).toEqual([])
  })

  test('never show a bound as if it were measured, nor a run that cannot be believed', () => {
    const history = historyFrom([
      historyReport({ id: '1', kneeRps: 500, bound: 'at-least' }),
      historyReport({ id: '2', trusted: false }),
    ])
    const rows = viewHistory(history).groups[0]!.table.rows.map(row =>
      row.slice(1, 3).map(({ text }) => text),
    )
    // The lower end of the bound is 2 % below.
    expect(rows).toEqual([
      ['at least 490/s', '–'],
      ['not trustworthy', '–'],
    ])
    expect(viewHistory(history).groups[0]!.chart.points).toMatchObject([
      { kind: 'at-least', rps: 490, low: null },
      { kind: 'none', rps: null },
    ])
  })
})

describe('on a terminal', () => {
  test.each([40, 80, 200])('no line is wider than %i columns, and there is no escape code', columns => {
    for (const history of [fall, hostile]) {
      const text = terminal(history, columns)
      expect(Math.max(...text.split('\n').map(textWidth))).toBeLessThanOrEqual(columns)
      expect(text).not.toContain('\u001b')
    }
  })

  test('the change stands above its line, between the two levels', () => {
    const lines = terminal(fall, 80).split('\n')
    const at = lines.findIndex(line => /^ +▼ −2\d %$/.test(line))
    const column = lines[at]!.indexOf('▼')
    const below = lines.slice(at + 1, at + 6)
    expect(below.filter(line => '┊●'.includes(line[column]!)).length).toBe(5)
    // Before it all dots are in the upper half, after it in the lower.
    const chart = lines.slice(
      at + 1,
      lines.findIndex(line => line.includes('└')),
    )
    const rowOf = (from: number, to: number): number[] =>
      chart.flatMap((line, row) => (line.slice(from, to).includes('●') ? [row] : []))
    expect(Math.max(...rowOf(column - 20, column))).toBeLessThan(Math.min(...rowOf(column, column + 20)))
  })

  test('with --last, only the newest are listed and drawn, and the change before them is still told', () => {
    const text = terminal(fall, 80, 6)
    expect(text.match(/^ {2}2026-\d\d-\d\d 10:00 +\d/gm)).toHaveLength(6)
    expect(text).toContain('2026-02-09 10:00')
    expect(text).toContain('The newest 6 of 40 runs; --last 40 shows all.')
    expect(text).toContain('The knee fell from')
  })

  test('the signs of the chart are explained, those that occur', () => {
    const words = (history: History): string => terminal(history, 80).replaceAll(/\s+/g, ' ')
    expect(words(fall)).toContain(
      ' ● a run, ─ mean of a level, ┊ a change. The knee is the highest rate at which',
    )
    expect(words(historyFrom([historyReport({ bound: 'at-most' })]))).toContain(
      ' ↓ a run, at most. The knee is',
    )
  })

  test('more runs than columns are drawn all the same', () => {
    const many = historyFrom(dailyRuns(300, () => 800))
    expect(Math.max(...terminal(many, 80).split('\n').map(textWidth))).toBeLessThanOrEqual(80)
  })

  test('an axis holds all rates, in steps that read well', () => {
    // 10 % of 1000 at least: from 950 to 1050.
    const { labels, rowOf, rows } = rateAxis([1000])
    expect(labels[0]).toBeLessThanOrEqual(950)
    expect(labels.at(-1)).toBeGreaterThanOrEqual(1050)
    expect(rowOf(labels[0]!)).toBe(0)
    expect(rowOf(labels.at(-1)!)).toBe(rows - 1)
    expect(labels.map(rate => rate % 20)).toEqual(labels.map(() => 0))
  })
})

describe('in Markdown', () => {
  const markdown = new MarkdownIt({ html: true, linkify: true })

  test('there is a table with a row for each run, and the change in bold', () => {
    const html = markdown.render(renderMarkdown(viewHistory(fall, 40)))
    expect(html.match(/<tr>/g)).toHaveLength(41)
    // The newest first: 9 February is the fortieth day.
    expect(/<tbody>\s*<tr>\s*<td[^>]*>([^<]*)</.exec(html)?.[1]).toBe('2026-02-09 10:00')
    expect(html).toMatch(/<strong>The knee fell from/)
  })

  test('a hostile name is text: no tag, no link, no mention, no further column', () => {
    const html = markdown.render(renderMarkdown(viewHistory(hostile)))
    expect(html).not.toMatch(/<(img|a|em|code)\b/)
    expect(html).not.toMatch(/@someone/)
    expect(html).toContain('&lt;img src=x')
    const cells = html.match(/<tr>[\s\S]*?<\/tr>/g)!.map(row => row.match(/<t[dh]/g)!.length)
    expect(new Set(cells).size).toBe(1)
  })

  test('it fits a comment on GitHub, however many groups there are', () => {
    const groups = Array.from({ length: 60 }, (_, i) =>
      dailyRuns(12, () => 100, { name: `${HOSTILE.repeat(4)}${i}`, digest: `${i}`.padStart(64, '0') }),
    )
    expect(renderMarkdown(viewHistory(historyFrom(groups.flat()))).length).toBeLessThan(65_536)
  })
})

describe('as a page', () => {
  const assets = { chartScript: 'uPlot', chartStyle: '', sha256: () => 'x' }
  const page = renderPage(viewHistory(hostile), assets)

  test('a hostile name is text, in the page and in its figures', () => {
    expect(page).not.toContain('<img')
    expect(page).toContain('&lt;img src=x')
    const [, figures = ''] = /id="figures">([\s\S]*?)<\/script>/.exec(page)!
    expect(figures).not.toContain('<')
    expect(JSON.parse(figures)).toHaveLength(1)
  })

  test('nothing comes from the network, and only its own scripts run', () => {
    expect(page).not.toMatch(/(src|href)="?https?:/)
    expect(page).toContain('default-src &#39;none&#39;; style-src &#39;sha256-x&#39;; script-src')
  })
})

describe('as data', () => {
  test('JSON has each run once, in order of time, and marks where a level begins', () => {
    const { groups } = JSON.parse(renderJson(fall)) as {
      groups: { changes: { before: string; after: string }[]; runs: { id: string; change: boolean }[] }[]
    }
    expect(groups[0]!.runs.map(({ id }) => id)).toEqual(Array.from({ length: 40 }, (_, i) => `run ${i}`))
    expect(groups[0]!.runs.filter(({ change }) => change).map(({ id }) => id)).toEqual(['run 20'])
    expect(groups[0]!.changes).toMatchObject([{ before: 'run 19', after: 'run 20' }])
  })

  test('the rows for CSV are as long as their header, with the figures where it names them', () => {
    const { header, rows } = runRows(fall, 3)
    expect(rows).toHaveLength(3)
    for (const row of rows) expect(row).toHaveLength(header.length)
    expect(rows[2]![header.indexOf('startedAt')]).toBe('2026-02-09T10:00:00.000Z')
    expect(rows[2]![header.indexOf('kneeRps')]).toBe(fall.groups[0]!.runs[39]!.row.knee.rps)
  })

  test('the rows are read back by a CSV library, and no name begins a formula', () => {
    const names = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', 'a;=1', '"=1', HOSTILE]
    const named = names.map((name, i) =>
      historyReport({ id: `${i}`, name, host: name, startedAt: `2026-01-0${i + 1}T10:00:00.000Z` }),
    )
    const found = named.map((report, i) => ({ file: `${names[i]}.json`, row: rowOf(report)! }))
    const history = historyOf({ folder: '=f', runs: runsOf(found), setAside: [], isWhole: true })
    const rows = parse<Record<string, string>>(renderCsv(runRows(history)), { columns: true })
    expect(rows).toHaveLength(names.length)
    for (const cell of rows.flatMap(row => Object.values(row))) {
      if (Number.isFinite(Number(cell))) continue
      for (const part of cell.split(';')) expect(part).not.toMatch(/^[\s"]*[=+\-@]/)
    }
    expect(rows.map(row => row['name'])).toContain(`'=1+1`)
  })
})
