import { describe, expect, test } from 'vitest'
import { analyse } from '../../../../src/analysis/analyse.ts'
import { compareRuns } from '../../../../src/compare/compare-runs.ts'
import { DEFAULT_MARGINS } from '../../../../src/compare/margins.ts'
import { figuresOfRun } from '../../../../src/compare/run-figures.ts'
import type { RunFigures } from '../../../../src/compare/run-figures.ts'
import type { RateEstimate } from '../../../../src/analysis/findings.ts'
import { renderComparisonJson } from '../../../../src/report/compare/render-comparison-json.ts'
import { closedReport } from '../../../support/closed-result.ts'
import { pretendedRun, runWithKnee } from '../../../support/compare-fixture.ts'
import type { RunWish } from '../../../support/compare-fixture.ts'
import { FACTS } from '../../../support/fixture-result.ts'
import { renamableFields, schemaErrors } from '../../../support/published-schema.ts'

function compared(base: readonly RunFigures[], candidate: readonly RunFigures[]): string {
  const options = { asPaired: false, margins: DEFAULT_MARGINS, perSide: 0.025, force: true }
  const answer = compareRuns(base, candidate, options)
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
  return renderComparisonJson(answer.value)
}

/** Base and candidate lie ABBA AB in time, so that they are paired. */
const HOURS = { base: [0, 3, 4], new: [1, 2, 5] }

const whole = (label: keyof typeof HOURS, capacity: number, wish: Partial<RunWish> = {}): RunFigures[] =>
  HOURS[label].map((hour, i) => pretendedRun({ label, hour, capacity: capacity * (1 + i / 200), ...wish }))

const withKnees = (label: string, hours: readonly number[], knee: Partial<RateEstimate>): RunFigures[] =>
  hours.map((hour, i) => runWithKnee({ label, hour }, { ...knee, ...(knee.rps && { rps: knee.rps + i }) }))

const withSlo = (label: keyof typeof HOURS): RunFigures[] =>
  HOURS[label].map((hour, i) => {
    const slo = { rps: 700 + i, low: 690, high: 710, confidence: 0.95, bound: 'measured' as const }
    return runWithKnee(
      { label, hour },
      { rps: 800 + i },
      { slo: { ...slo, promise: 'p99 < 300ms', because: '' } },
    )
  })

function closed(label: string, hour: number): RunFigures {
  const { result } = closedReport()
  const startedAt = `2026-03-04T0${hour}:00:00.000Z`
  const run = { ...result.run, id: `${label} ${hour}`, startedAt }
  return figuresOfRun({ label, result: { ...result, run }, findings: analyse(result) })
}

const eight = [10, 11, 12, 13, 14, 15, 16, 17]
const elsewhere = { run: { machine: { ...FACTS.machine, cpus: 8 } } }
const atLeast = { rps: 500, low: 500, high: null, bound: 'at-least' } as const
const nothing = { rps: null, low: null, high: null, bound: 'none' } as const

const base = whole('base', 800)
const worse = compared(
  base,
  whole('new', 700, { slow: { request: 'checkout', times: 2 }, errors: 0.01, ...elsewhere }),
)
const COMPARISONS: Readonly<Record<string, string>> = {
  'a paired and forced': worse,
  'one run against one': compared(base.slice(0, 1), whole('new', 700).slice(0, 1)),
  'an unpaired': compared(withKnees('base', [0, 1], { rps: 800 }), withKnees('new', [2, 3, 4], { rps: 800 })),
  'one run against eight': compared(
    withKnees('base', eight, { rps: 800 }),
    withKnees('new', [1], { rps: 600 }),
  ),
  'bounds alone': compared(withKnees('base', HOURS.base, atLeast), withKnees('new', HOURS.new, atLeast)),
  'no knee at all': compared(withKnees('base', HOURS.base, nothing), withKnees('new', HOURS.new, nothing)),
  'a latency promise': compared(withSlo('base'), withSlo('new')),
  'a closed model': compared([closed('base', 0), closed('base', 3)], [closed('new', 1), closed('new', 2)]),
}

describe('docs/comparison.schema.json', () => {
  test.each(Object.entries(COMPARISONS))('accepts the comparison of %s', (_, text) => {
    expect(schemaErrors('comparison', text)).toEqual([])
  })

  test('has the comparisons differ in kind: every design and most methods are among them', () => {
    const all = Object.values(COMPARISONS).join('')
    for (const kind of ['paired', 'unpaired', 'predictive', 'single'])
      expect(all).toContain(`"kind": "${kind}"`)
    for (const method of ['paired-t', 'welch', 'predictive', 'bounds', 'within-run'])
      expect(all).toContain(`"method": "${method}"`)
    expect(JSON.parse(worse)).toMatchObject({ differences: [{ kind: 'cores' }] })
  })

  test('refuses another name of any field', () => {
    expect(renamableFields('comparison', worse)).toEqual([])
  })

  test.each([
    ['schema', 'plimsoll/comparison@2'],
    ['verdict', 'worse'],
    ['confidence', 95],
    ['primary', 1],
    ['leaning', 'sideways'],
  ])('refuses %s: %j', (key, value) => {
    const text = JSON.stringify({ ...(JSON.parse(worse) as object), [key]: value })
    expect(schemaErrors('comparison', text)).not.toEqual([])
  })
})
