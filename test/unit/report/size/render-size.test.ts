import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { renderSizeJson } from '../../../../src/report/size/render-size-json.ts'
import { renderSizeMarkdown } from '../../../../src/report/size/render-size-markdown.ts'
import { renderSizeTerminal } from '../../../../src/report/size/render-size-terminal.ts'
import { viewSize } from '../../../../src/report/size/view-size.ts'
import { sizeSystem } from '../../../../src/sizing/size-system.ts'
import { measuredSystem, question } from '../../../support/measured-system.ts'
import { HOSTILE } from '../../../support/report-fixture.ts'
import { SIZING_ANSWERS } from '../../../support/sizing-answers.ts'

const longest = (text: string): number => Math.max(...text.split('\n').map(line => line.length))

describe.each(Object.entries(SIZING_ANSWERS))('the %s answer', (_name, answer) => {
  test.each([40, 80, 132])('fits a terminal of %i columns, in and without colour', columns => {
    const plain = renderSizeTerminal(viewSize(answer), { columns, colour: false })
    expect(longest(plain)).toBeLessThanOrEqual(columns)
    const coloured = renderSizeTerminal(viewSize(answer), { columns, colour: true })
    // oxlint-disable-next-line no-control-regex -- taking the colours away again
    expect(coloured.replaceAll(/\u001b\[[\d;]*m/g, '')).toBe(plain)
  })
})

describe('the terminal', () => {
  const text = renderSizeTerminal(viewSize(SIZING_ANSWERS['worked']!), { columns: 80, colour: false })

  test('begins with the answer, then has the options, what to set, and the formulas', () => {
    expect(text).toMatch(/^Run 10 backends \(now 1\): a peak of 10 000\/s to 12 000\/s grown by 30 % holds/)
    const headings = text.split('\n').filter(line => /^[A-Z][^.:]*$/.test(line))
    expect(headings).toEqual([
      'Options',
      'How sure',
      'What to set',
      'What it is worth',
      'To keep in mind',
      'To be sure',
      'How it was worked out',
      'Reports',
      'Not used',
    ])
  })

  test('marks the one option that is recommended', () => {
    expect(text.match(/^ {2}.* \* .*yes/gm)).toHaveLength(1)
    expect(text).toMatch(/^ {2}backends \* +10 +85 % +57\.4 % +0 % +3\.3 ms +yes/m)
  })

  test('says of a knee that is only a bound what is enough, and how much at most', () => {
    const bound = renderSizeTerminal(viewSize(SIZING_ANSWERS['bound']!), { columns: 80, colour: false })
    expect(bound).toMatch(/^ {2}do nothing +2 +0 % +≤ 833 % +\? +\? +\?$/m)
    expect(bound).not.toContain('How sure')
  })

  test('shows costs where they were asked for', () => {
    const priced = renderSizeTerminal(viewSize(SIZING_ANSWERS['priced']!), { columns: 80, colour: false })
    expect(priced).toMatch(/^ {2}option .* cost$/m)
    expect(text).not.toContain('cost')
  })

  test('shows what was wished for: a cache, and the peak as it was simulated, with what that takes for granted', () => {
    const wished = renderSizeTerminal(viewSize(SIZING_ANSWERS['wished']!), { columns: 80, colour: false })
    expect(wished).toMatch(/^The peak, simulated\n {2}option +p50 +p99 +good +502 +503 +504$/m)
    // 3000/s are 3.8 times what two backends carry.
    expect(wished).toMatch(/^ {2}do nothing +– +– +0 % +0 % +0 % +100 %$/m)
    expect(wished).toContain('Taken for granted of the simulation')
    expect(text).not.toContain('simulat')
    expect(wished).toContain('A cache before them')
    // h = λτ/(1 + λτ): all but one of 3000·60 requests in a minute.
    expect(wished).toMatch(/^ {2}home +3 000\/s +60 s +100 %/m)
    expect(text).not.toContain('A cache before them')
  })

  test('says what is left out, and why', () => {
    expect(text.replaceAll(/\s+/g, ' ')).toContain('- old.json: It has no knee: too short. Run a ramp.')
    const silent = renderSizeTerminal(viewSize(SIZING_ANSWERS['silent']!), { columns: 80, colour: false })
    expect(silent).toMatch(/^Nothing can be sized: it has no knee: too short\.\n/)
    expect(silent).not.toContain('Options')
  })
})

test('Markdown has the simulated peak, and its assumptions', () => {
  const text = renderSizeMarkdown(viewSize(SIZING_ANSWERS['wished']!))
  expect(text).toContain('| option | p50 | p99 | good | 502 | 503 | 504 |')
  expect(text).toContain('Taken for granted of the simulation')
})

test('Markdown has the answer for a heading and the options as a table', () => {
  const text = renderSizeMarkdown(viewSize(SIZING_ANSWERS['worked']!))
  expect(text).toMatch(/^## ✅ Run 10 backends/)
  expect(text).toMatch(/^\| backends \\\* \| 10 \| 85\u00a0% \|/m)
})

test('a label of any origin is shown, and carries nothing out', () => {
  const answer = sizeSystem(question(3000), [measuredSystem(400, 1, { label: HOSTILE })])
  const terminal = renderSizeTerminal(viewSize(answer), { columns: 80, colour: false })
  expect(terminal).not.toContain('\u001b')
  expect(renderSizeMarkdown(viewSize(answer))).not.toContain('<script>')
})

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

describe('the published schema', () => {
  const schema = JSON.parse(
    readFileSync(new URL('../../../../docs/sizing.schema.json', import.meta.url), 'utf8'),
  ) as { [key: string]: Json }
  const compile = (of: Json) =>
    new Ajv2020({ strict: true, strictRequired: false, allErrors: true, allowUnionTypes: true }).compile(
      of as object,
    )
  const written = (name: string): { [key: string]: Json } =>
    JSON.parse(renderSizeJson(SIZING_ANSWERS[name]!)) as { [key: string]: Json }

  test.each(Object.keys(SIZING_ANSWERS))(
    'accepts the %s answer, and has a word for every part of it',
    name => {
      for (const validate of [compile(schema), compile(closed(schema))]) {
        validate(written(name))
        expect(validate.errors ?? []).toEqual([])
      }
    },
  )

  test('refuses another verdict, a missing part and another schema', () => {
    const validate = compile(schema)
    for (const wrong of [{ verdict: 'maybe' }, { schema: 'plimsoll/sizing@2' }, { reports: null }])
      expect(validate({ ...written('worked'), ...wrong })).toBe(false)
    const { sized: _sized, ...rest } = written('worked')
    expect(validate(rest)).toBe(false)
  })

  test('times have their unit in the name: 3.3 ms of waiting, 2.24 s of patience', () => {
    const { sized } = written('worked') as { sized: { [key: string]: Json } }
    const options = sized['options'] as { name: string; meanWaitMs: number }[]
    expect(options.find(({ name }) => name === 'backends')!.meanWaitMs).toBeCloseTo(3.296, 3)
    const limits = sized['limits'] as { answerTimeoutSeconds: { value: number } }
    expect(limits.answerTimeoutSeconds.value).toBeCloseTo(2.24, 9)
  })
})

/** The schema with every object closed against properties it does not describe. */
function closed(node: Json): Json {
  if (Array.isArray(node)) return node.map(closed)
  if (typeof node !== 'object' || node === null) return node
  const parts = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]))
  const isObject = node['type'] === 'object' && node['properties'] !== undefined
  return isObject ? { ...parts, unevaluatedProperties: false } : parts
}
