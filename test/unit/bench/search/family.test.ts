import { expect, test } from 'vitest'
import { FAMILIES, soughtRate, truthOf } from '../../../../bench/search/family.ts'
import { drawTrial } from '../../../../bench/search/trial.ts'
import { labCatalogue } from '../../../../src/lab/catalogue.ts'
import { defaultsOf } from '../../../../src/lab/lab-entry.ts'

const named = (name: string): (typeof FAMILIES)[number] => FAMILIES.find(family => family.name === name)!

test('every server of the lab is searched', () => {
  const searched = new Set(FAMILIES.map(({ entry }) => entry.name))
  expect(labCatalogue.map(({ name }) => name).filter(name => !searched.has(name))).toEqual([])
})

test('a factor of 1 is the server as the lab has it', () => {
  const family = named('STOREFRONT')
  expect(family.valuesAt(1)).toEqual(defaultsOf(family.entry))
})

test.each(FAMILIES)('$name: twice the rates carry twice the load', family => {
  const kneeAt = (factor: number): number =>
    truthOf(family, family.valuesAt(factor), null).kneePerSecond ?? Number.NaN
  // Twice as fast, RETRO has twice as many chances to collapse within the time that it is held.
  expect(kneeAt(2) / kneeAt(1)).toBeCloseTo(2, family.name === 'RETRO' ? 1 : 6)
})

test('the factor is drawn from 0.7 to 1.4, from the seed alone', () => {
  const family = named('MM1K')
  const rates = Array.from({ length: 300 }, (_, seed) => drawTrial(family, seed).values['rate']!)
  expect(Math.min(...rates)).toBeGreaterThanOrEqual(0.7 * 400)
  expect(Math.min(...rates)).toBeLessThan(0.72 * 400)
  expect(Math.max(...rates)).toBeLessThanOrEqual(1.4 * 400)
  expect(Math.max(...rates)).toBeGreaterThan(1.38 * 400)
  expect(drawTrial(family, 5)).toEqual(drawTrial(family, 5))
})

test('with the promise p99 < 100 ms, an M/M/1 queue of 500/s carries 500 − ln(100)/0.1 s = 453.9/s', () => {
  const family = named('SLO')
  expect(soughtRate(truthOf(family, family.valuesAt(1), null), family)).toBeCloseTo(453.95, 2)
})

test('the longer it is held, the less RETRO carries', () => {
  const family = named('RETRO')
  const kneeFor = (held: number): number => truthOf(family, family.valuesAt(1), held).kneePerSecond!
  expect(kneeFor(30)).toBeCloseTo(486, 0)
  expect(kneeFor(300)).toBeLessThan(kneeFor(30))
})
