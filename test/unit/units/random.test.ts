import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom as seeded } from '../../../src/units/random.ts'

/** Unbound, so that a draw can be handed around. */
function createRandom(seed: number, stream?: number): { uniform: () => number; pick: () => number } {
  const random = seeded(seed, stream)
  return { uniform: () => random.uniform(), pick: () => random.pick() }
}

const take = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw)

test('the same seed and stream give the same numbers', () => {
  assert(
    property(
      integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
      integer({ min: 0, max: 9 }),
      (seed, stream) => {
        const [a, b] = [createRandom(seed, stream), createRandom(seed, stream)]
        expect(take(20, a.uniform)).toEqual(take(20, b.uniform))
        expect(take(20, a.pick)).toEqual(take(20, b.pick))
      },
    ),
  )
})

test('the streams of a seed, neighbouring seeds, and seeds that differ above bit 32 all differ', () => {
  const first = (seed: number, stream: number): string => String(take(4, createRandom(seed, stream).uniform))
  assert(
    property(integer({ min: 0, max: 2 ** 31 }), seed => {
      const firsts = [
        first(seed, 0),
        first(seed, 1),
        first(seed, 2),
        first(seed + 1, 0),
        first(seed + 2 ** 40, 0),
      ]
      expect(new Set(firsts).size).toBe(firsts.length)
    }),
  )
})

// Var(mean) = 1/(12 n); the variance of (u − ½)² is 1/80 − 1/144 = 1/180. Bounds at 4 standard errors.
test.each([1, 2, 42, 2 ** 50])('seed %s: uniform numbers have mean 1/2 and variance 1/12', seed => {
  const n = 100_000
  for (const draw of [createRandom(seed).uniform, createRandom(seed).pick]) {
    const numbers = take(n, draw)
    const mean = numbers.reduce((sum, x) => sum + x, 0) / n
    const variance = numbers.reduce((sum, x) => sum + (x - 0.5) ** 2, 0) / n
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(4 * Math.sqrt(1 / 12 / n))
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / n))
  }
})

test('two streams of one seed are uncorrelated', () => {
  const n = 100_000
  const [a, b] = [createRandom(7, 0), createRandom(7, 1)]
  let product = 0
  for (let i = 0; i < n; i += 1) product += (a.uniform() - 0.5) * (b.uniform() - 0.5)
  // The product of two independent centred uniforms has standard deviation 1/12.
  expect(Math.abs(product / n)).toBeLessThan((4 / 12) * Math.sqrt(1 / n))
})

test('uniform lies in (0, 1], so that its logarithm is finite; pick lies in [0, 1)', () => {
  const random = createRandom(3)
  const uniforms = take(200_000, random.uniform)
  const picks = take(200_000, random.pick)
  expect(uniforms.filter(x => !(x > 0 && x <= 1))).toEqual([])
  expect(picks.filter(x => !(x >= 0 && x < 1))).toEqual([])
})

test('a hundred equal bins of a hundred thousand numbers fill evenly', () => {
  const bins = new Float64Array(100)
  const random = createRandom(11)
  for (let i = 0; i < 100_000; i += 1) bins[Math.ceil(random.uniform() * 100) - 1]! += 1
  const chi2 = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)
  // χ² with 99 degrees of freedom: mean 99, standard deviation √198 ≈ 14.1; within 4 of them.
  expect(Math.abs(chi2 - 99)).toBeLessThan(4 * Math.sqrt(198))
})
