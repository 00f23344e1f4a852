import { describe, expect, test } from 'vitest'
import { compareRuns } from '../../../src/compare/compare-runs.ts'
import type { CompareOptions } from '../../../src/compare/compare-runs.ts'
import type { Comparison } from '../../../src/compare/comparison.ts'
import { DEFAULT_MARGINS } from '../../../src/compare/margins.ts'
import type { RunFigures } from '../../../src/compare/run-figures.ts'
import { targetClass } from '../../../src/compare/target-class.ts'
import type { RunFacts } from '../../../src/result/result.ts'
import type { Checked } from '../../../src/units/problem.ts'
import { runWithKnee } from '../../support/compare-fixture.ts'
import { FACTS } from '../../support/fixture-result.ts'
import { planOf } from '../../support/report-fixture.ts'

const ask = (
  base: readonly RunFigures[],
  candidate: readonly RunFigures[],
  options: Partial<CompareOptions> = {},
): Checked<Comparison> =>
  compareRuns(base, candidate, {
    asPaired: false,
    margins: DEFAULT_MARGINS,
    perSide: 0.025,
    force: false,
    ...options,
  })

const codes = (answer: Checked<Comparison>): readonly string[] =>
  answer.ok ? [] : answer.problems.map(({ code }) => code)

const base = runWithKnee({ label: 'base.json' }, { rps: 100 })
const other = (run: Partial<RunFacts>, seed = 42): RunFigures =>
  runWithKnee({ label: 'new.json', hour: 1, run, seed }, { rps: 100 })

describe('runs are refused whose', () => {
  const { machine, scenario } = FACTS
  test.each<[string, Partial<RunFacts>, string]>([
    ['platforms', { machine: { ...machine, arch: 'arm64' } }, 'platform'],
    ['processors', { machine: { ...machine, cpuModel: 'Another CPU' } }, 'processor'],
    ['cores', { machine: { ...machine, cpus: 4 } }, 'cores'],
    ['memories', { machine: { ...machine, memoryBytes: 16e9 } }, 'memory'],
    ['Node versions', { machine: { ...machine, node: '22.1.0' } }, 'node-version'],
    ['pacings', { pacing: 'timer' }, 'pacing'],
    ['scenarios', { scenario: { ...scenario, digest: 'sha256:other' } }, 'scenario'],
    ['flags', { scenario: { ...scenario, flags: ['--set', 'stages.1.to=900/s'] } }, 'scenario-flags'],
    ['targets’ classes', { connectedTo: '93.184.216.34:80' }, 'target-class'],
  ])('%s differ', (_, run, kind) => {
    expect(codes(ask([base], [other(run)]))).toEqual([`compare/different-${kind}`])
  })

  test('everything differs, each difference listed at once with its runs', () => {
    const answer = ask([base], [other({ machine: { ...machine, cpus: 4, node: '22.1.0' } })])
    expect(codes(answer)).toEqual(['compare/different-cores', 'compare/different-node-version'])
    expect(answer).toMatchObject({
      problems: [{ message: 'the cores differ: 2 in base.json; 4 in new.json' }, {}],
    })
  })

  test('differences are told when it is forced', () => {
    const answer = ask([base], [other({ machine: { ...machine, cpus: 4 } })], { force: true })
    expect(answer.ok && answer.value.differences).toEqual([
      {
        kind: 'cores',
        what: 'cores',
        values: [
          { value: '2', runs: ['base.json'] },
          { value: '4', runs: ['new.json'] },
        ],
      },
    ])
  })
})

test('headers and bodies are told apart but not shown: they hold secrets', () => {
  const plan = base.result.plan
  const secret = plan.requests.map(own => ({ ...own, headers: [['authorization', 's3cret'] as const] }))
  const changed = runWithKnee({ label: 'new.json', hour: 1, plan: { requests: secret } }, { rps: 100 })
  const answer = ask([base], [changed])
  expect(codes(answer)).toEqual(['compare/different-request-details'])
  expect(JSON.stringify(answer)).not.toContain('s3cret')
})

test('another target of the same class, another time and another seed are no reason', () => {
  const moved = other(
    { scenario: { ...FACTS.scenario, flags: ['--target', 'http://127.0.0.1:9', '--seed', '7'] } },
    7,
  )
  expect(ask([base], [moved]).ok).toBe(true)
})

describe('seeds', () => {
  const side = (label: string, hour: number, seeds: readonly number[]): RunFigures[] =>
    seeds.map((seed, i) => runWithKnee({ label: `${label}${i}`, hour: hour + i, seed }, { rps: 100 + i }))

  test('that return on one side have to be those of the other', () => {
    expect(codes(ask(side('a', 0, [1, 1, 1]), side('b', 50, [2, 2, 2])))).toEqual(['compare/different-seeds'])
    expect(ask(side('a', 0, [1, 1, 1]), side('b', 50, [1, 1])).ok).toBe(true)
  })

  test('that are drawn anew for every run may be any', () => {
    expect(ask(side('a', 0, [1, 2, 3]), side('b', 50, [4, 5])).ok).toBe(true)
  })
})

test('one run given twice is refused, forced or not', () => {
  const twin = { ...base, label: 'copy.json' }
  expect(codes(ask([base], [twin], { force: true }))).toEqual(['compare/same-run'])
})

test('--paired wants as many runs on either side', () => {
  expect(
    codes(ask([base], [other({}), runWithKnee({ label: 'c', hour: 2 }, { rps: 1 })], { asPaired: true })),
  ).toEqual(['compare/unequal-pairs'])
})

describe('runs are paired', () => {
  const at = (label: string, hours: readonly number[]): RunFigures[] =>
    hours.map(hour => runWithKnee({ label: `${label}${hour}`, hour }, { rps: 100 + hour }))
  const designOf = (a: readonly number[], b: readonly number[], asPaired = false): Comparison['design'] => {
    const answer = ask(at('a', a), at('b', b), { asPaired })
    if (!answer.ok) throw new Error('refused')
    return answer.value.design
  }

  test('when they lie ABBA in time, whatever the order they are given in', () => {
    expect(designOf([0, 3], [1, 2])).toMatchObject({
      kind: 'paired',
      pairs: [
        { base: 0, candidate: 0 },
        { base: 1, candidate: 1 },
      ],
    })
    expect(designOf([3, 0], [1, 2]).pairs).toEqual([
      { base: 1, candidate: 0 },
      { base: 0, candidate: 1 },
    ])
  })

  test('not when they lie in blocks, and a note says what that does', () => {
    const answer = ask(at('a', [0, 1]), at('b', [2, 3]))
    expect(answer.ok && answer.value.design).toMatchObject({ kind: 'unpaired', pairs: [] })
    expect(answer.ok && answer.value.notes[0]).toContain(
      'all runs of one side came before those of the other',
    )
  })

  test('not when their counts differ', () => {
    expect(designOf([0, 3, 9], [1, 2]).because).toBe('not paired: 3 base runs and 2 candidate runs')
  })

  test('in the order given when the user says so', () => {
    expect(designOf([0, 1], [3, 2], true)).toMatchObject({
      kind: 'paired',
      because: 'paired in the order given (--paired)',
      pairs: [
        { base: 0, candidate: 0 },
        { base: 1, candidate: 1 },
      ],
    })
  })
})

test.each([
  ['127.0.0.1:8080', 'http on this machine'],
  ['[::1]:8080', 'http on this machine'],
  ['10.1.2.3:80', 'http in a private network'],
  ['172.31.0.1:80', 'http in a private network'],
  ['172.32.0.1:80', 'http in a public network'],
  ['[fe80::1]:80', 'http in a private network'],
  ['unix:/run/app.sock', 'http over a unix socket'],
])('%s is %s', (connectedTo, expected) => {
  expect(targetClass({ plan: planOf([]), run: { ...FACTS, connectedTo } })).toBe(expected)
})
