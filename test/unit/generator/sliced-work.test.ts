import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SlicedWork } from '../../../src/generator/sliced-work.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function* count(to: number, steps: string[], name: string): Generator<undefined, number, undefined> {
  for (let i = 1; i <= to; i += 1) {
    steps.push(`${name}${i}`)
    yield
  }
  return to
}

test('one step is done at a time, with a rest of 2 ms before each', () => {
  const steps: string[] = []
  const done: number[] = []
  new SlicedWork().add(count(2, steps, 'a'), result => done.push(result))
  expect(steps).toEqual([])
  vi.advanceTimersByTime(2)
  expect(steps).toEqual(['a1'])
  vi.advanceTimersByTime(2)
  expect([steps, done]).toEqual([['a1', 'a2'], []])
  vi.advanceTimersByTime(2)
  expect(done).toEqual([2])
})

test('pieces of work are done in the order in which they came, however long each is', () => {
  const work = new SlicedWork()
  const done: number[] = []
  work.add(count(5, [], 'a'), result => done.push(result))
  work.add(count(0, [], 'b'), result => done.push(result))
  vi.runAllTimers()
  expect(done).toEqual([5, 0])
})

test('what is left is done at once when there is no more time, and only once', () => {
  const work = new SlicedWork()
  const done: number[] = []
  work.add(count(5, [], 'a'), result => done.push(result))
  work.add(count(1, [], 'b'), result => done.push(result))
  vi.advanceTimersByTime(4)
  work.finish()
  expect(done).toEqual([5, 1])
  vi.runAllTimers()
  expect(done).toEqual([5, 1])
})
