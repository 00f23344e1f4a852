import { describe, expect, test } from 'vitest'
import type { GateQuestion } from '../../../src/gate/gate.ts'
import { judgeGate } from '../../../src/gate/judge-gate.ts'
import { renderGateJson } from '../../../src/gate/render-gate-json.ts'
import {
  candidateOf,
  comparisonOf,
  expected,
  historyOf,
  questionOf,
  tooFew,
} from '../../support/gate-fixture.ts'
import { renamableFields, schemaErrors } from '../../support/published-schema.ts'
import { launchReport, untrustedReport } from '../../support/report-fixture.ts'

const written = (wish: Partial<GateQuestion>): string => renderGateJson(judgeGate(questionOf(wish)))

/** A broken promise, an open one, a regression, and a history that is too short. */
const failed = written({
  candidates: [candidateOf(launchReport())],
  comparison: comparisonOf([800, 804, 796], [701, 702, 698]),
  history: historyOf(tooFew),
})
const GATES: Readonly<Record<string, string>> = {
  'that fails': failed,
  'that asks nothing but the run': written({}),
  'of two runs, one of which cannot be believed': written({
    candidates: [candidateOf(launchReport(), 'a.json'), candidateOf(untrustedReport(), 'b.json')],
    history: historyOf(expected(700, 900), expected(700, 900)),
    strict: true,
  }),
}

describe('docs/gate.schema.json', () => {
  test.each(Object.entries(GATES))('accepts a gate %s', (_, text) => {
    expect(schemaErrors('gate', text)).toEqual([])
  })

  test.each([failed, GATES['of two runs, one of which cannot be believed']!])(
    'refuses another name of any field',
    text => {
      expect(renamableFields('gate', text)).toEqual([])
    },
  )

  test.each([
    ['schema', 'plimsoll/gate@2'],
    ['verdict', 'open'],
    ['runs', []],
    ['comparison', {}],
  ])('refuses %s: %j', (key, value) => {
    const text = JSON.stringify({ ...(JSON.parse(failed) as object), [key]: value })
    expect(schemaErrors('gate', text)).not.toEqual([])
  })
})
