import { describe, expect, test } from 'vitest'
import { FAMILIES } from '../../../../bench/search/family.ts'
import { drawTrial } from '../../../../bench/search/trial.ts'
import { faultsOf } from '../../../../bench/truth/judge-search.ts'
import { settingsFor } from '../../../../bench/truth/lab-settings.ts'
import { truthRows } from '../../../../bench/truth/tell-truth.ts'
import { toleranceOf } from '../../../../bench/truth/tolerance.ts'
import { RIGHT } from '../../../support/right-score.ts'

describe('a search that the tool stands by', () => {
  const tolerance = toleranceOf({ name: 'MM1K' })

  test('is right within ±3 % of the rate and ±4 % of the onset', () => {
    expect(faultsOf({ ...RIGHT, error: 0.03, onsetError: 0.04 }, tolerance)).toEqual([])
    expect(faultsOf({ ...RIGHT, error: -0.031 }, tolerance)).toEqual(['rate'])
    expect(faultsOf({ ...RIGHT, onsetError: 0.041 }, tolerance)).toEqual(['onset'])
  })

  test('is wrong without a rate, with the wrong cause, with an onset too many or too few', () => {
    expect(faultsOf({ ...RIGHT, rps: null, error: null }, tolerance)).toEqual(['no rate'])
    expect(faultsOf({ ...RIGHT, labelRight: false }, tolerance)).toEqual(['label'])
    expect(faultsOf({ ...RIGHT, falseOnset: true, onsetError: null }, tolerance)).toEqual(['false onset'])
    expect(faultsOf({ ...RIGHT, onsetError: Number.NaN }, tolerance)).toEqual(['no onset'])
  })

  test('is wrong in the figure besides', () => {
    const burst = { name: 'burst', known: 150, from: 0.8, to: 1.2 }
    const faultsWith = (found: number | null): string[] =>
      faultsOf({ ...RIGHT, particular: { ...burst, found } }, tolerance)
    expect(faultsWith(120)).toEqual([])
    expect(faultsWith(181)).toEqual(['burst'])
    expect(faultsWith(null)).toEqual(['burst'])
  })

  test('says nothing when the tool does not stand by it', () => {
    expect(faultsOf({ ...RIGHT, trusted: false, error: 0.5 }, tolerance)).toEqual([
      'not trusted, three times',
    ])
  })
})

test('a row shows what was true, what was measured and what is wrong', () => {
  expect(
    truthRows([{ score: { ...RIGHT, seed: 7 }, tolerance: 0.03, attempt: 2, faults: ['onset'] }]),
  ).toEqual([
    [
      'MM1K',
      '7',
      '400/s',
      '404/s',
      '392 to 416',
      '+1.0 %',
      '±3 %',
      '−2.0 %',
      '120 s',
      '2nd',
      'overload',
      '',
      'onset',
    ],
  ])
})

test.each(FAMILIES)('$name: the lab reads the drawn values as they were written', family => {
  const { values: drawn } = drawTrial(family, 11)
  const { settings, values } = settingsFor(family, drawn)
  expect(settings).toHaveLength(Object.keys(family.entry.parameters).length)
  const ratios = Object.entries(drawn).map(([name, value]) =>
    value === values[name] ? 1 : values[name]! / value,
  )
  expect(Math.max(...ratios.map(ratio => Math.abs(ratio - 1)))).toBeLessThan(1e-6)
})
