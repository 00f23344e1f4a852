import { readFileSync } from 'node:fs'
import { parse } from 'junit2json'
import type { TestSuites } from 'junit2json'
import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { gateAnnotations } from '../../../src/gate/gate-annotations.ts'
import { gateOutputs } from '../../../src/gate/gate-outputs.ts'
import { gateSuite } from '../../../src/gate/gate-suite.ts'
import type { GateQuestion } from '../../../src/gate/gate.ts'
import { judgeGate } from '../../../src/gate/judge-gate.ts'
import { renderGateJson } from '../../../src/gate/render-gate-json.ts'
import { renderGateMarkdown } from '../../../src/gate/render-gate-markdown.ts'
import { renderGateTerminal } from '../../../src/gate/render-gate-terminal.ts'
import { viewGate } from '../../../src/gate/view-gate.ts'
import { renderJunit } from '../../../src/report/junit/render-junit.ts'
import {
  candidateOf,
  comparisonOf,
  expected,
  historyOf,
  plainReport,
  questionOf,
  tooFew,
} from '../../support/gate-fixture.ts'
import { kindsOf, textOf, tokensOf } from '../../support/markdown-tokens.ts'
import { HOSTILE, hostileReport, launchReport } from '../../support/report-fixture.ts'

/** A broken promise, an open one, a regression and a history that is too short. */
const WISH: Partial<GateQuestion> = {
  candidates: [candidateOf(launchReport())],
  comparison: comparisonOf([800, 804, 796], [701, 702, 698]),
  history: historyOf(tooFew),
}
const gate = judgeGate(questionOf(WISH))
const hostile = judgeGate(
  questionOf({ candidates: [candidateOf(hostileReport(), HOSTILE), candidateOf(plainReport(), 'b')] }),
)
const LINES = { columns: 80, colour: false }

describe('the terminal', () => {
  const text = renderGateTerminal(viewGate(gate), LINES)

  test('has the verdict first, then every rule with its answer, in 80 columns', () => {
    expect(text).toMatch(/^Failed: knee > 900\/s does not hold: 842\/s \(826\/s to 858\/s\); “no regression/)
    for (const line of [
      '  yes          the run can be believed',
      '  broken       knee > 900/s',
      '  cannot tell  errors < 0.1% up to 800/s',
      '  broken       no regression against the baseline',
      '  warning      the knee is no lower than the history expects',
    ])
      expect(text.split('\n')).toContain(line)
    expect(text).toContain('regressed, knee 800/s → 700/s (−12 %)')
    expect(Math.max(...text.split('\n').map(line => line.length))).toBeLessThanOrEqual(80)
  })

  test('has no escape code without colour, also where a name has one', () => {
    // oxlint-disable-next-line no-control-regex -- finding them is the purpose
    expect(renderGateTerminal(viewGate(hostile), LINES)).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/)
    expect(renderGateTerminal(viewGate(gate), { columns: 80, colour: true })).toContain('\u001b[')
  })
})

describe('markdown', () => {
  test('has a table for each group of rules, and the warning above them', () => {
    const markdown = renderGateMarkdown(viewGate(gate))
    expect(markdown).toMatch(/^## ❌ Failed: knee &gt; 900\/s does not hold/)
    // The run, its promises, the baseline, the history, and the figures of the comparison.
    expect(tokensOf(markdown).filter(({ type }) => type === 'table_open')).toHaveLength(5)
    expect(textOf(markdown)).toContain('The history has 7 comparable runs')
  })

  test('speaks of warnings only where there are some', () => {
    expect(renderGateMarkdown(viewGate(gate))).toContain('> ⚠️ Warnings:')
    expect(renderGateMarkdown(viewGate(judgeGate(questionOf({}))))).not.toContain('Warnings')
  })

  test('shows hostile names as text', () => {
    const kinds = kindsOf(renderGateMarkdown(viewGate(hostile)))
    expect(kinds.filter(kind => /html|link|image|code/.test(kind))).toEqual([])
  })
})

describe('what to do next', () => {
  const next = (wish: Partial<GateQuestion>): readonly string[] =>
    viewGate(judgeGate(questionOf(wish))).next.map(({ text, command }) =>
      [text, ...(command ?? [])].join(' '),
    )

  test('stands at the end, in the terminal and in markdown', () => {
    expect(renderGateTerminal(viewGate(gate), LINES)).toMatch(
      /\nWhat to do next\n {2}1\. Read the report of the run: .*\n {5}plimsoll report new\.json\n {2}2\. Let 1 more run /,
    )
    expect(textOf(renderGateMarkdown(viewGate(gate)))).toContain('plimsoll report new.json')
  })

  test('is nothing where every rule simply holds', () => expect(next({})).toEqual([]))

  test('of a knee below what the history expects: the history', () => {
    expect(next({ history: historyOf(expected(900, 1000)) })).toEqual([
      'See how the knee went before. plimsoll history reports',
    ])
  })

  test('of a comparison alone: what the comparison says', () => {
    expect(next({ comparison: comparisonOf([800, 804, 796], [701, 702, 698]) })).toEqual([
      'See what limits a run of the candidate. plimsoll report candidate0',
    ])
  })
})

describe('junit', () => {
  test('is valid by the schema of Jenkins, also with hostile names', async () => {
    const schema = readFileSync(new URL('../../support/junit-10.xsd', import.meta.url), 'utf8')
    const xml = [gate, hostile, judgeGate(questionOf())].map((one, index) => ({
      fileName: `${index}.xml`,
      contents: renderJunit(gateSuite(one)),
    }))
    expect(await validateXML({ xml, schema: [schema] })).toMatchObject({ valid: true, errors: [] })
    const { testsuite } = (await parse(xml[1]!.contents)) as TestSuites
    expect(JSON.stringify(testsuite)).toContain('<script>window.hacked=1</script>')
  })

  test('has a test for each rule; what is open is an error, what passed with a warning says so', async () => {
    const { testsuite } = (await parse(renderJunit(gateSuite(gate)))) as TestSuites
    expect(testsuite).toMatchObject([{ tests: 7, failures: 2, errors: 1 }])
    const cases = testsuite![0]!.testcase!
    expect(cases.map(({ classname }) => classname)).toEqual(
      ['run', 'run', 'promises', 'promises', 'promises', 'comparison', 'history'].map(
        group => `storefront launch.${group}`,
      ),
    )
    expect(JSON.stringify(cases.at(-1))).toContain('measured: warning: 842/s')
  })

  test('tells the rules of several runs apart', async () => {
    const candidates = ['a.json', 'b.json'].map(label => candidateOf(plainReport(), label))
    const { testsuite } = (await parse(
      renderJunit(gateSuite(judgeGate(questionOf({ candidates })))),
    )) as TestSuites
    const names = testsuite![0]!.testcase!.map(({ classname, name }) => `${classname}: ${name}`)
    expect(new Set(names).size).toBe(4)
    expect(names[0]).toBe('storefront launch.run of a.json: the run can be believed')
  })
})

test('JSON has every rule and what it was judged by', () => {
  const document = JSON.parse(renderGateJson(gate)) as Record<string, unknown>
  expect(document).toMatchObject({
    schema: 'plimsoll/gate@1',
    verdict: 'failed',
    strict: false,
    runs: [{ report: 'new.json', trusted: true, knee: { rps: 842 } }],
    comparison: { schema: 'plimsoll/comparison@1', verdict: 'regressed' },
    history: { folder: 'reports', expected: [{ is: 'too-few', runs: 7, needed: 8 }], margin: 0.05 },
  })
  expect(document['rules']).toHaveLength(7)
})

describe('in a step of GitHub Actions', () => {
  test('what failed is an error, what is open or passed with a warning is a warning', () => {
    expect(gateAnnotations(gate).match(/^::\w+ title=[^:]+(?=::)/gm)).toEqual([
      '::error title=Gate failed%3A knee > 900/s',
      '::error title=Gate failed%3A no regression against the baseline',
      '::warning title=Gate cannot tell%3A errors < 0.1%25 up to 800/s',
      '::warning title=Gate warns%3A the knee is no lower than the history expects',
    ])
  })

  test('of more than ten of a kind the last one names the rest', () => {
    const candidates = Array.from({ length: 12 }, (_, i) => candidateOf(plainReport(), `${i}.json`))
    const history = historyOf(...candidates.map(() => expected(900, 1000)))
    const lines = gateAnnotations(judgeGate(questionOf({ candidates, history })))
      .trimEnd()
      .split('\n')
    expect(lines).toHaveLength(10)
    expect(lines.at(-1)).toMatch(
      /^::error title=3 more rules of the gate::9\.json: .*; 10\.json: .*; 11\.json: /,
    )
  })

  test('a hostile name begins no command of its own', () => {
    for (const line of gateAnnotations(hostile).trimEnd().split('\n'))
      expect(line).toMatch(/^::(error|warning) title=/)
  })

  test('outputs are those of the run, the verdict is that of the gate', () => {
    expect(gateOutputs(gate)).toMatchObject({
      verdict: 'failed',
      trusted: 'true',
      knee: '842',
      report: 'new.json',
      comparison: 'regressed',
      'rules-failed': '2',
      'rules-undecided': '1',
      warnings: '1',
    })
    expect(gateOutputs(hostile)).not.toHaveProperty('knee')
  })
})
