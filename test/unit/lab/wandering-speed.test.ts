import { expect, test } from 'vitest'
import { wanderingSpeed } from '../../../src/lab/wandering-speed.ts'
import { createRandom } from '../../../src/units/random.ts'

const SECONDS = 20_000

function speeds(deviation: number, halfLife: number): number[] {
  const at = wanderingSpeed(createRandom(5), deviation, halfLife)
  return Array.from({ length: SECONDS * 10 }, (_, i) => at(i / 10))
}
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
const covariance = (values: readonly number[], lag: number): number => {
  const middle = mean(values)
  return mean(values.slice(lag).map((value, i) => (value - middle) * (values[i]! - middle)))
}

test('a speed wanders around 1 by its standard deviation and has half forgotten itself after its half-life', () => {
  const seen = speeds(0.03, 0.5)
  // 20 000 s hold some 14 000 independent draws: the mean to 0.03/√14000 = 0.00025, the variance to 2 %.
  expect(mean(seen)).toBeCloseTo(1, 2)
  expect(Math.sqrt(covariance(seen, 0)) / 0.03).toBeCloseTo(1, 1)
  expect(covariance(seen, 5) / covariance(seen, 0)).toBeCloseTo(0.5, 1)
  expect(covariance(seen, 10) / covariance(seen, 0)).toBeCloseTo(0.25, 1)
})

test('a speed that does not wander is 1', () => {
  expect(new Set(speeds(0, 0.5))).toEqual(new Set([1]))
})
