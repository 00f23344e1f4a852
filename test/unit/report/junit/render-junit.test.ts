import { readFileSync } from 'node:fs'
import { array, assert, asyncProperty, constantFrom, integer, oneof, sample, string } from 'fast-check'
import { parse } from 'junit2json'
import type { TestCase, TestSuite, TestSuites } from 'junit2json'
import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { junitSuite } from '../../../../src/report/junit/junit-suite.ts'
import { renderJunit } from '../../../../src/report/junit/render-junit.ts'
import type { JunitSuite } from '../../../../src/report/junit/render-junit.ts'
import type { NamedRule } from '../../../../src/report/named-rules.ts'
import { FIXTURES, launchReport } from '../../../support/report-fixture.ts'

const schema = readFileSync(new URL('../../../support/junit-10.xsd', import.meta.url), 'utf8')

/** What xmllint has against these documents; all in one call, as each starts a thread. */
async function complaints(documents: readonly string[]): Promise<readonly string[]> {
  const xml = documents.map((contents, index) => ({ fileName: `${index}.xml`, contents }))
  const { valid, errors } = await validateXML({ xml, schema: [schema] })
  return valid ? [] : errors.map(({ message }) => message)
}

async function suiteOf(xml: string): Promise<TestSuite> {
  const { testsuite } = (await parse(xml)) as TestSuites
  expect(testsuite).toHaveLength(1)
  return testsuite![0]!
}

const rule = (own: Partial<NamedRule>): NamedRule => ({
  group: 'promises',
  name: 'p99 < 300ms',
  held: true,
  measured: '19 ms',
  because: 'All 60 windows hold.',
  ...own,
})
const suite = (own: Partial<JunitSuite>): JunitSuite => ({
  name: 'shop',
  startedAt: '2026-03-04T05:06:07.891Z',
  seconds: 90,
  properties: [],
  rules: [],
  ...own,
})

describe('the JUnit document', () => {
  test('of every kind of report is valid', async () => {
    const documents = Object.values(FIXTURES).map(make => renderJunit(junitSuite(make())))
    expect(await complaints(documents)).toEqual([])
  })

  test('without a rule, too', async () => {
    expect(await complaints([renderJunit(suite({ seconds: 0 }))])).toEqual([])
  })

  test('the schema does refuse something', async () => {
    expect(await complaints(['<testsuites><testsuite name="a"/></testsuites>'])).not.toEqual([])
    const odd = renderJunit(suite({ rules: [rule({})] })).replace('<testcase ', '<testcase odd="1" ')
    expect(await complaints([odd])).not.toEqual([])
  })
})

describe('a rule', () => {
  const casesOf = async (...rules: NamedRule[]): Promise<readonly TestCase[]> =>
    (await suiteOf(renderJunit(suite({ rules })))).testcase ?? []

  test('that held has passed, and tells what was measured', async () => {
    const [held] = await casesOf(rule({}))
    expect(held).toEqual({
      classname: 'shop.promises',
      name: 'p99 < 300ms',
      'system-out': ['p99 < 300ms\nmeasured: 19 ms\nbecause: All 60 windows hold.'],
    })
  })

  test('that is broken has failed, with what was measured and why', async () => {
    const [broken] = await casesOf(
      rule({ held: false, measured: '412 ms', because: 'Broken in 3 of 60 windows.' }),
    )
    expect(broken).toMatchObject({
      failure: [
        {
          type: 'broken',
          message: '412 ms. Broken in 3 of 60 windows.',
          inner: 'p99 < 300ms\nmeasured: 412 ms\nbecause: Broken in 3 of 60 windows.',
        },
      ],
    })
    expect(broken).not.toHaveProperty('error')
  })

  test('that is not decided is an error: neither passed nor skipped, nor the fault of the target', async () => {
    const [undecided] = await casesOf(rule({ held: null, because: '' }))
    expect(undecided).toMatchObject({ error: [{ type: 'undecided', message: '19 ms' }] })
    expect(undecided).not.toHaveProperty('failure')
    expect(undecided).not.toHaveProperty('skipped')
  })
})

test('counts, time and class of the launch report are read back by a parser', async () => {
  const xml = renderJunit(junitSuite(launchReport()))
  const read = await suiteOf(xml)
  // Two rules of the run and three promises: one held, one broken, one undecided. Stages of 10, 60 and 20 s.
  expect(read).toMatchObject({
    name: 'storefront launch',
    tests: 5,
    failures: 1,
    errors: 1,
    skipped: 0,
    time: 90,
  })
  expect(read.timestamp).toBe('2026-03-04T05:06:07')
  expect(read.testcase?.map(({ classname }) => classname)).toEqual([
    ...Array<string>(2).fill('storefront launch.run'),
    ...Array<string>(3).fill('storefront launch.promises'),
  ])
  expect(read.properties).toContainEqual({ name: 'knee', value: '842/s (826/s to 858/s, 95 % confidence)' })
})

describe('hostile texts', () => {
  const unit = integer({ min: 0, max: 0xffff }).map(code => String.fromCharCode(code))
  const markup = constantFrom(
    '<',
    '>',
    '&',
    '"',
    "'",
    ']]>',
    '<![CDATA[',
    '<!--',
    '&#0;',
    '</testcase>',
    '\r\n',
    '\t',
  )
  const anything = array(oneof(unit, markup, string()), { maxLength: 8 }).map(parts => parts.join(''))
  const documentOf = (text: string): string =>
    renderJunit(
      suite({
        name: text,
        properties: [
          {
            label: text,
            value: text,
          },
        ],
        rules: [true, false, null].map(held =>
          rule({
            group: text,
            name: text,
            held,
            measured: text,
            because: text,
          }),
        ),
      }),
    )

  test('leave the document valid, whatever code units they have', async () => {
    const texts = [...sample(anything, 300), '\u0000\u0008\u000b\u001f\ufffe\uffff\ud800', '\ud83d\ude00']
    expect(await complaints(texts.map(documentOf))).toEqual([])
  })

  test('come back as they were, but for line ends', async () => {
    // The parser takes an empty attribute for a number, and a text's spaces away from its ends.
    const carried = array(oneof(markup, string({ unit: 'grapheme' })), { maxLength: 8 })
      .map(parts => `x${parts.join('')}y`)
      .filter(text => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f]|\r(?!\n)/.test(text)) // oxlint-disable-line no-control-regex -- what XML cannot carry
    await assert(
      asyncProperty(carried, async text => {
        const { testcase = [] } = await suiteOf(documentOf(text))
        const name = text.replaceAll('\r\n', ' ').replaceAll(/[\n\t]/g, ' ')
        expect(testcase.map(read => read.name)).toEqual([name, name, name])
        const lines = text.replaceAll('\r\n', '\n')
        const [inner] = testcase[1]!.failure!.map(failure => failure.inner)
        expect(inner).toBe(`${lines}\nmeasured: ${lines}\nbecause: ${lines}`)
      }),
    )
  })

  test('what XML 1.0 forbids is left out', async () => {
    const { testcase } = await suiteOf(documentOf('a\u0000b\u001b[31mc\ud800d\uffffe😀'))
    expect(testcase?.[0]?.name).toBe('ab[31mcde😀')
  })
})
