import { expect, test } from 'vitest'
import { chooseLab } from '../../../src/lab/catalogue.ts'
import { createPool } from '../../../src/lab/pool.ts'
import type { LabModel } from '../../../src/lab/model.ts'
import { createRandom } from '../../../src/units/random.ts'

function labOf(name: string, settings: readonly string[], seed = 1): LabModel {
  const chosen = chooseLab(name, settings)
  if (!chosen.ok) throw new Error(chosen.problems[0]!.message)
  return chosen.value.entry.create(chosen.value.values, seed)
}

test('two servers that take 100 ms each end four requests after 100, 100, 200 and 200 ms', () => {
  const pool = createPool([labOf('D1', ['service=100ms']), labOf('D1', ['service=100ms'])])
  const ends = [0, 0, 0, 0].map(at => pool.arrive(at, '/').departsAtSeconds)
  expect(ends[0]).toBeCloseTo(0.1, 12)
  expect(ends[1]).toBeCloseTo(0.1, 12)
  expect(ends[2]).toBeCloseTo(0.2, 12)
  expect(ends[3]).toBeCloseTo(0.2, 12)
})

test('requests go to the servers in turn, however long each takes', () => {
  const fast = labOf('D1', ['service=10ms'])
  const slow = labOf('D1', ['service=1s'])
  const pool = createPool([fast, slow])
  const ends = [0, 0, 0.5, 0.5].map(at => pool.arrive(at, '/').departsAtSeconds)
  expect(ends.map(end => Math.round(end * 1000))).toEqual([10, 1000, 510, 2000])
})

test('at random each of four gets a quarter of the requests', () => {
  const counts = [0, 0, 0, 0]
  const counting = counts.map((_, i): LabModel => ({
    arrive: at => {
      counts[i]! += 1
      return { status: 200, departsAtSeconds: at, headers: {} }
    },
  }))
  const pool = createPool(counting, createRandom(1, 1))
  for (let at = 0; at < 40_000; at += 1) pool.arrive(at, '/')
  // Binomial: 10 000 each, with a standard deviation of √(40 000 · ¼ · ¾) = 87.
  expect(counts.filter(count => Math.abs(count - 10_000) > 4 * 87)).toEqual([])
})

test('departures that depend on who comes later are told in their order, whichever server they are of', () => {
  const pool = createPool([labOf('RETRO', [], 1), labOf('RETRO', [], 2)])
  const waiting = new Set(Array.from({ length: 6 }, () => pool.arrive(0, '/')))
  const ends: number[] = []
  for (let next = pool.later!.nextAt(); next < Infinity; next = pool.later!.nextAt()) {
    const reply = pool.later!.take()
    expect(waiting.delete(reply)).toBe(true)
    expect(reply.departsAtSeconds).toBe(next)
    ends.push(next)
  }
  expect(waiting.size).toBe(0)
  expect(ends).toEqual(ends.toSorted((a, b) => a - b))
})
