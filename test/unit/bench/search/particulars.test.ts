import { expect, test } from 'vitest'
import { particularOf } from '../../../../bench/search/particulars.ts'
import { searchedReport } from '../../../support/searched-report.ts'

const told = searchedReport()
const knownOf = (family: string, values: Readonly<Record<string, number>>): number | undefined =>
  particularOf(family, values, told)?.known

test('a bucket of 150 tokens lets 150 requests through beyond its rate', () => {
  expect(knownOf('BUCKET', { rate: 300, burst: 150 })).toBe(150)
})

test('a collapsed RETRO completes 7.1365·1000/(1 + .001·999 + 4.44e−5·1000·999) = 153.9/s', () => {
  const known = knownOf('RETRO', { gamma: 7.1365, alpha: 0.001, beta: 4.44e-5, limit: 1000 })
  expect(known).toBeCloseTo(7136.5 / (1 + 0.999 + 44.3556), 9)
  expect(known).toBeCloseTo(153.95, 1)
})

test('at 550/s a server of 500/s makes waits grow by 0.1 s a second, so that 1 s is met after 10 s', () => {
  const forecast = { rps: 550, seconds: 9.7, timeoutSeconds: 1, assumed: false, because: '' }
  const findings = { ...told, capacity: { ...told.capacity, timeoutForecast: forecast } }
  const found = particularOf('TIMEOUT', { service: 0.002, timeout: 1 }, findings)
  expect(found?.known).toBeCloseTo(10, 9)
  expect(found?.found).toBe(9.7)
})

test('others have none', () => {
  expect(particularOf('MM1', {}, told)).toBeNull()
})
