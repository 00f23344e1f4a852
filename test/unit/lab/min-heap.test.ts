import { array, assert, double, option, property } from 'fast-check'
import { expect, test } from 'vitest'
import { createMinHeap } from '../../../src/lab/min-heap.ts'

test('gives back the smallest key first, whatever the order of pushes and pops', () => {
  const steps = array(option(double({ noNaN: true })), { maxLength: 60 })
  assert(
    property(steps, steps => {
      const heap = createMinHeap<number>()
      let model: number[] = []
      // A number is pushed, with itself as the item; nothing means pop.
      for (const step of steps) {
        if (step !== null) heap.push(step, step)
        const popped = step === null ? heap.pop() : undefined
        expect(popped).toBe(step === null ? model[0] : undefined)
        model = step === null ? model.slice(1) : [...model, step].sort((a, b) => a - b)
        expect(heap.size).toBe(model.length)
        expect(heap.smallestKey()).toBe(model[0] ?? Infinity)
      }
    }),
  )
})
