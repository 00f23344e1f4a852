import { parse as parseCsv } from 'csv-parse/sync'
import { parse as parseJunit } from 'junit2json'
import parsePrometheusTextFormat from 'parse-prometheus-text-format'
import { describe, expect, test } from 'vitest'
import { COMPARISON_FORMATS } from '../../../src/cli/comparison-formats.ts'
import type { Files } from '../../../src/cli/effects.ts'
import { GATE_FORMATS } from '../../../src/cli/gate-formats.ts'
import { HISTORY_FORMATS } from '../../../src/cli/history-formats.ts'
import { REPORT_FORMATS } from '../../../src/cli/report-formats.ts'
import { judgeGate } from '../../../src/gate/judge-gate.ts'
import { historyOf, runsOf } from '../../../src/history/history.ts'
import { rowOf } from '../../../src/history/row-of.ts'
import {
  candidateOf,
  comparisonOf,
  historyOf as expecting,
  questionOf,
  tooFew,
} from '../../support/gate-fixture.ts'
import { dailyRuns } from '../../support/history-report.ts'
import { kindsOf } from '../../support/markdown-tokens.ts'
import { reportOfNames } from './hostile-report.ts'
import { commandsOf } from './terminal/runner-commands.ts'

/** A name that is nothing but a name, and names that are something to a browser, a spreadsheet, a terminal or a website. */
const PLAIN = 'storefront'
const HOSTILE = [
  `</script></style></title><img src=x onerror=alert(1)><a href="javascript:alert(1)">`,
  `" onmouseover="alert(1)" x='`,
  '=HYPERLINK("http://a.example")',
  '@SUM(A1)\n+1\t-1',
  '| a | b |\n\n```\n# [a](http://a.example) ![b](c) <b> @octocat #1 :tada: www.a.example',
  '\u001b]0;title\u0007\u001b[2J\u009b31m\r\u202etxt',
  '::error::a ##[add-mask]b ##vso[task.complete]c',
  ']]> --> &#0; \u0000 \ud800 \ufffe',
  '\\"} 1\n# HELP a b\na{b="c"} 1',
]

const files = {
  chartLibrary: () => ({ script: 'script', style: 'style' }),
  readText: () => Promise.resolve('/* */'),
} as unknown as Files
const LAYOUT = { columns: 80, colour: false, last: undefined }

/** Everything that can be written about runs whose every text is this one, by command and format. */
async function textsOf(name: string): Promise<Readonly<Record<string, string>>> {
  const report = reportOfNames(name)
  const compared = comparisonOf([800, 804, 796], [701, 702, 698])
  const own = { name, target: name }
  const side = {
    ...compared.base,
    runs: compared.base.runs.map((run, i) => ({ ...run, ...own, label: `${name}${i}` })),
  }
  const difference = { kind: 'cores', what: 'cores', values: [{ value: name, runs: [name] }] }
  const comparison = {
    ...compared,
    base: side,
    differences: [difference],
    leftOut: [{ side: 'base' as const, run: name, metrics: [name], because: name }],
    missing: [{ id: name, label: name, because: name }],
    metrics: compared.metrics.map(metric => ({
      ...metric,
      label: `${name}: p99`,
      route: name,
      group: 'route' as const,
    })),
  }
  const gate = judgeGate(
    questionOf({
      candidates: [candidateOf(report, name)],
      comparison,
      history: { ...expecting(tooFew), folder: name },
    }),
  )
  const runs = [...dailyRuns(20, i => (i < 10 ? 800 : 600), { name, host: name, flags: ['--set', name] })]
  const history = historyOf({
    folder: name,
    runs: runsOf(runs.map((run, i) => ({ file: `${name}${i}.json`, row: rowOf(run)! }))),
    setAside: [{ file: name, is: 'damaged' }],
    isWhole: true,
  })
  const made = [
    ...Object.entries(REPORT_FORMATS).map(
      ([format, render]) => [`report ${format}`, render(report, LAYOUT, files)] as const,
    ),
    ...Object.entries(COMPARISON_FORMATS).map(
      ([format, render]) => [`compare ${format}`, render(comparison, LAYOUT, files)] as const,
    ),
    ...Object.entries(GATE_FORMATS).map(
      ([format, render]) => [`gate ${format}`, render(gate, LAYOUT)] as const,
    ),
    ...Object.entries(HISTORY_FORMATS).map(
      ([format, render]) => [`history ${format}`, render(history, LAYOUT, files)] as const,
    ),
  ]
  return Object.fromEntries(await Promise.all(made.map(async ([key, text]) => [key, await text] as const)))
}

/** What no name may do to a text of that format; `plain` is the same text with a harmless name. */
const CHECKS: Readonly<Record<string, (text: string, plain: string) => unknown>> = {
  terminal(text) {
    // oxlint-disable-next-line no-control-regex -- finding them is the purpose
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    expect(commandsOf(text)).toEqual([])
  },
  html(text, plain) {
    const tags = (page: string): readonly string[] =>
      [...new Set((page.match(/<\/?[a-z][\w-]*/gi) ?? []).map(tag => tag.toLowerCase()))].toSorted()
    expect(tags(text).filter(tag => !tags(plain).includes(tag))).toEqual([])
    expect(text.match(/<script/g)?.length).toBe(3)
    const bare = (text.match(/<[a-z](?:[^<>"]|"[^"]*")*>/gi) ?? []).map(tag => tag.replaceAll(/"[^"]*"/g, ''))
    expect(bare.filter(tag => /\son\w+/i.test(tag))).toEqual([])
  },
  json: text => expect(JSON.parse(text)).toBeTypeOf('object'),
  csv(text) {
    const cells = parseCsv(text).flat()
    const starts = cells.filter(cell => !Number.isFinite(Number(cell))).flatMap(cell => cell.split(';'))
    expect(starts.filter(start => /^[\s"]*[=+\-@＝＋－＠]/u.test(start))).toEqual([])
  },
  markdown(text, plain) {
    const known = [...kindsOf(plain), 'text_special', 'code_inline', 'fence', 'softbreak']
    expect(kindsOf(text).filter(kind => !known.includes(kind))).toEqual([])
    expect(commandsOf(text.replaceAll(/`[^`]*`/g, ''))).toEqual([])
  },
  async junit(text) {
    expect(await parseJunit(text)).toHaveProperty('testsuite')
  },
  prometheus(text, plain) {
    const names = (read: string): readonly string[] => parsePrometheusTextFormat(read).map(({ name }) => name)
    expect(names(text)).toEqual(names(plain))
  },
  hlog(text) {
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(/^(?:#|"StartTimestamp"|Tag=[^,\s]+,\d)/)
  },
  hgrm(text) {
    for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^(?:#| |$)/)
  },
}
const SAME: Readonly<Record<string, string>> = {
  summary: 'json',
  k6: 'json',
  'csv-stages': 'csv',
  'csv-routes': 'csv',
}

/** @param key command and format */
function checkOf(key: string): (typeof CHECKS)[string] | undefined {
  const format = key.split(' ')[1]!
  return CHECKS[SAME[format] ?? format]
}

describe('a name that is something else to whoever reads the text', async () => {
  const plain = await textsOf(PLAIN)

  test('the plain one is everywhere', () => {
    for (const text of Object.values(plain)) expect(text.length).toBeGreaterThan(100)
  })

  test.each(HOSTILE)('%j', async name => {
    const texts = Object.entries(await textsOf(name))
    // A new format has to say what a name may not do to it.
    expect(texts.filter(([key]) => checkOf(key) === undefined)).toEqual([])
    for (const [key, text] of texts) await checkOf(key)!(text, plain[key]!)
  })
})
