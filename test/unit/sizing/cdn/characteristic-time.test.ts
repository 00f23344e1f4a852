import { assert, double, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { characteristicTime } from '../../../../src/sizing/cdn/characteristic-time.ts'
import { objectClasses } from '../../../../src/sizing/cdn/object-classes.ts'
import { lruHitRatio, zipfShares } from '../../../../src/statistics/cache-hits.ts'

/** Hit ratio by Che's approximation: Σ pᵢ(1 − e^(−pᵢT)), at one request a second. */
function hitRatio(objects: number, zipf: number, room: number): number {
  const classes = objectClasses({ count: objects, zipf })
  const time = characteristicTime(
    classes.map(({ count, share }) => ({ count, rate: share })),
    room,
  )
  return classes.reduce((sum, { count, share }) => sum - count * share * Math.expm1(-share * time), 0)
}

describe('how long an object stays in a full cache', () => {
  test('100 alike, each asked for once a second, in room for 50: 100(1 − e^(−T)) = 50 at T = ln 2', () => {
    expect(characteristicTime([{ count: 100, rate: 1 }], 50)).toBeCloseTo(Math.LN2, 12)
  })

  test('for ever where all fit, not at all without room', () => {
    expect(characteristicTime([{ count: 100, rate: 1 }], 100)).toBe(Infinity)
    expect(characteristicTime([{ count: 100, rate: 1 }], 0)).toBe(0)
    expect(characteristicTime([], 1)).toBe(Infinity)
  })

  test('what nobody asks for needs no room', () => {
    const objects = [
      { count: 100, rate: 1 },
      { count: 1000, rate: 0 },
    ]
    expect(characteristicTime(objects, 100)).toBe(Infinity)
    expect(characteristicTime(objects, 50)).toBeCloseTo(Math.LN2, 12)
  })

  /** Fricker, Robert and Roberts's setting: Zipf's law over 10⁵ objects. */
  test.each([
    [0.6, [0.008, 0.054, 0.252, 0.677]],
    [0.8, [0.068, 0.204, 0.469, 0.8035]],
    [1, [0.29, 0.506, 0.737, 0.918]],
    [1.2, [0.606, 0.795, 0.918, 0.979]],
  ])('Zipf %s: room for 100, 1000, 10 000 and 50 000 of 100 000 hits %j', (zipf, expected) => {
    const hits = [100, 1000, 10_000, 50_000].map(room => hitRatio(100_000, zipf, room))
    expect(hits).toEqual(expected.map(value => expect.closeTo(value, 3)))
  })

  test('with objects in classes it is what it is object by object, to four digits', () => {
    const mixes = [integer({ min: 2, max: 3000 }), double({ min: 0, max: 1.5, noNaN: true })] as const
    assert(
      property(...mixes, double({ min: 0.05, max: 0.95, noNaN: true }), (objects, zipf, part) => {
        const room = part * objects
        expect(hitRatio(objects, zipf, room)).toBeCloseTo(lruHitRatio(zipfShares(zipf, objects), room), 4)
      }),
      { numRuns: 40 },
    )
  })
})

describe('classes of objects', () => {
  test('hold every object and every request', () => {
    const mixes = [integer({ min: 1, max: 20_000 }), double({ min: 0, max: 2, noNaN: true })] as const
    assert(
      property(...mixes, (count, zipf) => {
        const classes = objectClasses({ count, zipf })
        expect(classes.reduce((sum, each) => sum + each.count, 0)).toBe(count)
        expect(classes.reduce((sum, each) => sum + each.count * each.share, 0)).toBeCloseTo(1, 9)
      }),
      { numRuns: 40 },
    )
  })

  test('a million objects are some 400 classes, the first 30 each by itself', () => {
    const classes = objectClasses({ count: 1_000_000, zipf: 0.8 })
    expect(classes.length).toBeLessThan(450)
    expect(classes.slice(0, 30).every(({ count }) => count === 1)).toBe(true)
    expect(classes[29]!.share / classes[0]!.share).toBeCloseTo(30 ** -0.8, 12)
  })
})
