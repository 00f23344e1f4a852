import { expect, test } from 'vitest'
import type { Launch } from '../../../../bench/sizing/size-and-try.ts'
import { runErrand } from '../../../../bench/sizing/size-and-try.ts'
import { tally } from '../../../../bench/sizing/tell-launches.ts'

const GOOD: Launch = {
  family: 'MM1K',
  seed: 1,
  peakRps: 1000,
  trueRps: 400,
  lowRps: 395,
  backends: 3,
  badShare: 0,
  badShareBelow: 0.2,
}
const times = (count: number, launch: Launch): Launch[] => Array.from({ length: count }, () => launch)

test('95 of 100 have to hold with N, and not with N − 1', () => {
  const tooFew = { ...GOOD, badShare: 0.011 }
  const tooMany = { ...GOOD, badShareBelow: 0.01 }
  expect(tally([...times(90, GOOD), ...times(5, tooFew), ...times(5, tooMany)])).toMatchObject({
    held: 95,
    failedBelow: 95,
    missed: [],
  })
  expect(tally([...times(94, GOOD), ...times(6, tooFew)]).missed).toEqual(['N'])
  expect(tally([...times(94, GOOD), ...times(6, tooMany)]).missed).toEqual(['N − 1'])
})

test('no recommendation holds nothing', () => {
  expect(tally([{ ...GOOD, backends: null, badShare: 1, badShareBelow: 0 }])).toMatchObject({
    held: 0,
    failedBelow: 0,
  })
})

test('a launch over as many servers as its peak takes holds, and over one fewer it does not', () => {
  // Seed 2: 393/s each, so that 1 117/s take 2.84 of them; two would lose 1 − 2·393/1117 = 30 %.
  const launch = runErrand({ family: 'MM1K', seed: 2, inTurn: false })
  expect(launch.backends).toBe(3)
  expect(launch.badShare).toBeLessThan(0.01)
  expect(launch.badShareBelow).toBeCloseTo(1 - (2 * launch.trueRps) / launch.peakRps, 1.5)
})
