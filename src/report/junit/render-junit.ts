import { create } from 'xmlbuilder2'
import type { NamedRule } from '../named-rules.ts'
import { xmlAttribute, xmlText } from './xml-text.ts'

export interface JunitSuite {
  readonly name: string
  /** ISO 8601 in UTC. */
  readonly startedAt: string
  readonly seconds: number
  readonly properties: readonly { readonly label: string; readonly value: string }[]
  readonly rules: readonly NamedRule[]
}

/** What stands inside a test case that did not pass. `error`: the test could not be carried out. */
interface Complaint {
  readonly element: 'failure' | 'error'
  readonly type: string
}

/**
 * One test case for each rule, in the form that the xUnit plugin of Jenkins checks with `junit-10.xsd` and that GitLab,
 * CircleCI and others read. A rule that the run does not decide is an `error`: `skipped` counts as fine everywhere, and
 * `failure` would blame the target.
 */
export function renderJunit({ name, startedAt, seconds, properties, rules }: JunitSuite): string {
  const complaints = rules.map(complaintAbout)
  const count = (element: Complaint['element']): number =>
    complaints.filter(complaint => complaint?.element === element).length
  const counts = { tests: rules.length, failures: count('failure'), errors: count('error') }
  const time = Math.max(0, seconds).toFixed(3)
  const suite = create({ version: '1.0', encoding: 'UTF-8' })
    .ele('testsuites', { name: 'plimsoll', ...counts, time })
    // Without a zone, as the schema of Ant has it; it is UTC.
    .ele('testsuite', {
      name: xmlAttribute(name),
      ...counts,
      skipped: 0,
      time,
      timestamp: startedAt.slice(0, 19),
    })
  const list = suite.ele('properties')
  for (const { label, value } of properties)
    list.ele('property', { name: xmlAttribute(label), value: xmlAttribute(value) })
  for (const [index, rule] of rules.entries()) {
    // CI systems know a test again by its class and name, from run to run.
    const testcase = suite.ele('testcase', {
      classname: xmlAttribute(`${name}.${rule.group}`),
      name: xmlAttribute(rule.name),
    })
    const complaint = complaints[index]
    if (complaint === undefined) testcase.ele('system-out').txt(xmlText(story(rule)))
    else
      testcase
        .ele(complaint.element, { type: complaint.type, message: xmlAttribute(inShort(rule)) })
        // Some readers show the message, others the text.
        .txt(xmlText(story(rule)))
  }
  return `${suite.end({ prettyPrint: true })}\n`
}

function complaintAbout({ held }: NamedRule): Complaint | undefined {
  if (held === null) return { element: 'error', type: 'undecided' }
  return held ? undefined : { element: 'failure', type: 'broken' }
}

const inShort = ({ measured, because }: NamedRule): string =>
  [measured.replace(/[.\s]+$/, ''), because].filter(part => part !== '').join('. ')

const story = ({ name, measured, because }: NamedRule): string =>
  [name, `measured: ${measured}`, ...(because === '' ? [] : [`because: ${because}`])].join('\n')
