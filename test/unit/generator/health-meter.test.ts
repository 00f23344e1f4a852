import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { HealthMeter } from '../../../src/generator/health-meter.ts'

const ms = (value: number): number => value * 1e6

describe('the longest stall', () => {
  let meter: HealthMeter
  beforeEach(() => {
    meter = new HealthMeter(0)
  })
  afterEach(() => meter.stop())

  const stall = (windowEndMs: number, nowMs: number, sleepMs = 0): number =>
    meter.take(ms(windowEndMs), ms(nowMs), ms(sleepMs)).longestStallMs

  test('is the longest time between two rounds, less what the loop meant to sleep', () => {
    meter.round(ms(1), 0, 0)
    meter.round(ms(26), ms(20), 0)
    meter.round(ms(30), 0, 0)
    // Gaps of 1, 25 − 20 and 4 ms.
    expect(stall(1000, 31)).toBe(5)
  })

  test('counts from window to window anew', () => {
    meter.round(ms(400), 0, 0)
    expect(stall(1000, 400)).toBe(400)
    meter.round(ms(1002), 0, 0)
    meter.round(ms(1005), 0, 0)
    expect(stall(2000, 1006)).toBe(602)
    expect(stall(3000, 1006)).toBe(1)
  })

  test('is known as soon as the window is closed, though no round has begun since', () => {
    expect(stall(1000, 1300)).toBe(1300)
    expect(meter.take(ms(1000), ms(1300), ms(1295)).longestStallMs).toBe(1300)
  })

  test('that went on over several windows is the stall of each', () => {
    meter.round(ms(900), 0, 0)
    stall(1000, 900)
    meter.round(ms(3200), 0, 0)
    expect([stall(2000, 3200), stall(3000, 3200), stall(4000, 3200)]).toEqual([2300, 2300, 2300])
    expect(stall(5000, 3200)).toBe(0)
  })

  test('is none while the loop sleeps as long as it meant to', () => {
    meter.round(ms(20), ms(20), 0)
    meter.round(ms(40), ms(20), 0)
    expect(stall(1000, 50, 20)).toBe(0)
  })
})

test('utilisation is a share, whatever the loop did', () => {
  const meter = new HealthMeter(0)
  for (let i = 1; i < 100; i += 1) meter.round(ms(i), 0, 0)
  const { utilisation, garbageCollectionMs } = meter.take(ms(100), ms(100), 0)
  meter.stop()
  expect(utilisation).toBeGreaterThanOrEqual(0)
  expect(utilisation).toBeLessThanOrEqual(1)
  expect(garbageCollectionMs).toBeGreaterThanOrEqual(0)
})
