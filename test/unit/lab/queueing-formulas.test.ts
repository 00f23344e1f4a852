import { describe, expect, test } from 'vitest'
import { lossShare, meanTimeToFill, rateAtLoss, slotRate } from '../../../src/lab/queueing-formulas.ts'

describe('the loss share', () => {
  test('of one server with room K at ρ = 1 is 1/(K + 1)', () => {
    for (const room of [1, 5, 99])
      expect(lossShare(400, slotRate(1, 400), room)).toBeCloseTo(1 / (room + 1), 12)
  })

  test('of two slots without a queue at 1 erlang is Erlang B(2, 1) = (1/2)/(1 + 1 + 1/2) = 0.2', () => {
    expect(lossShare(1, slotRate(2, 2), 2)).toBeCloseTo(0.2, 12)
  })

  test('of much room under overload is 1 − µ/λ', () => {
    expect(lossShare(600, slotRate(4, 400), 5000)).toBeCloseTo(1 / 3, 9)
  })
})

test('99 is the room at which 1 % is lost exactly at µ', () => {
  expect(rateAtLoss(1, 1000, 99)).toBeCloseTo(1000, 4)
})

test.each([1, 5, 20, 200])(
  'at the stated rate one server with room %i loses (1 − ρ)ρ^K/(1 − ρ^(K+1)) = 1 %%',
  room => {
    const rho = rateAtLoss(1, 1000, room) / 1000
    expect(((1 - rho) * rho ** room) / (1 - rho ** (room + 1))).toBeCloseTo(0.01, 8)
  },
)

test('two slots without a queue lose 1 % where a²/2 = 1 % of 1 + a + a²/2', () => {
  // 0.495a² − 0.01a − 0.01 = 0, so a = (0.01 + √(0.0001 + 0.0198))/0.99.
  expect(rateAtLoss(2, 200, 2) / 100).toBeCloseTo((0.01 + Math.sqrt(0.0199)) / 0.99, 8)
})

test('two places without service fill in 2/λ', () => {
  // Two arrivals; no departure in between as µ = 0.
  expect(meanTimeToFill(4, () => 0, 2)).toBeCloseTo(0.5, 12)
})

test('two places with λ = µ = 1 fill in 3', () => {
  // h_0 = 1, h_1 = 1 + 1 × h_0 = 2.
  expect(meanTimeToFill(1, () => 1, 2)).toBeCloseTo(3, 12)
})
