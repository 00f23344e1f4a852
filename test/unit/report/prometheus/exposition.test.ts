import { assert, property, string } from 'fast-check'
import parsePrometheusTextFormat from 'parse-prometheus-text-format'
import { expect, test } from 'vitest'
import { expose } from '../../../../src/report/prometheus/exposition.ts'
import type { MetricFamily } from '../../../../src/report/prometheus/exposition.ts'
import { cleanText } from '../../../../src/report/view/clean-text.ts'

const gauge = (samples: MetricFamily['samples']): MetricFamily => ({
  name: 'plimsoll_test',
  type: 'gauge',
  help: 'A test.',
  samples,
})

test('a family is its help, its type and a line for each series', () => {
  const samples = [
    { labels: {}, value: 1.5 },
    { labels: { stage: 'ramp', kind: 'a' }, value: -2 },
    { part: 'sum' as const, labels: { stage: 'ramp' }, value: 1e-9 },
  ]
  expect(expose([gauge(samples)])).toBe(
    '# HELP plimsoll_test A test.\n# TYPE plimsoll_test gauge\nplimsoll_test 1.5\n' +
      'plimsoll_test{stage="ramp",kind="a"} -2\nplimsoll_test_sum{stage="ramp"} 1e-9\n',
  )
})

test('quotes and backslashes in a label are escaped, a line feed is a space', () => {
  expect(expose([gauge([{ labels: { stage: 'C:\\new "x"\ny' }, value: 1 }])])).toContain(
    String.raw`plimsoll_test{stage="C:\\new \"x\" y"} 1`,
  )
})

test('what cannot be told is left out, and with it a family that has nothing else', () => {
  expect(expose([gauge([{ labels: {}, value: Number.NaN }])])).toBe('')
  expect(expose([gauge([])])).toBe('')
})

test('whatever a label holds is read back, but for control characters', () => {
  assert(
    property(string({ unit: 'binary' }), string(), (first, second) => {
      const labels = { a: first, b: `${second}\\`, c: `"} 7\nplimsoll_other{x="${second}` }
      const [family, ...others] = parsePrometheusTextFormat(expose([gauge([{ labels, value: 3 }])]))
      expect(others).toEqual([])
      expect(family?.metrics).toEqual([
        {
          value: '3',
          labels: { a: cleanText(labels.a), b: cleanText(labels.b), c: cleanText(labels.c) },
        },
      ])
    }),
    { numRuns: 500 },
  )
})
