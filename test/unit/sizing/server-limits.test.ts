import { describe, expect, test } from 'vitest'
import { chooseLaw } from '../../../src/sizing/choose-law.ts'
import { nearKnee, serverLimits } from '../../../src/sizing/server-limits-of.ts'
import type { ServerLimits } from '../../../src/sizing/server-limits.ts'
import type { SizingQuestion } from '../../../src/sizing/sizing-question.ts'
import { lowerEnd408, measuredSystem, question } from '../../support/measured-system.ts'

function limitsOf(asked: Partial<SizingQuestion> = {}, systems = [lowerEnd408]): ServerLimits {
  const option = { backends: 10, originLoad: 2340, originWord: 'λₒ' }
  return serverLimits(chooseLaw(systems), nearKnee(systems)!, option, question(2340, asked))
}

describe('by Little’s law one backend that carries 408/s at 38 ms', () => {
  const limits = limitsOf()
  test('works on L = 0.95·408·0.038 = 14.7 at once, so that 14.7 + 3·√14.7 = 26.2 → 27 may be let in', () => {
    expect(limits.concurrency.value).toBeCloseTo(14.7288, 4)
    expect(limits.maxConcurrent.value).toBe(27)
    expect(limits.maxConcurrent.from).toBe('⌈L + 3√L⌉ = ⌈14.7 + 3 × √14.7⌉ = 27')
  })

  test('or 14.7 + 5·√14.7 = 33.9 → 34 where nothing may wait', () => {
    expect(limits.maxConcurrentWithoutQueue.value).toBe(34)
  })

  test('serves a queue of 408 in the second that a request may wait, and one of 40 in 0.1 s', () => {
    expect(limits.queue.value).toBe(408)
    expect(limitsOf({ queueBudget: 0.1 }).queue.value).toBe(40)
  })

  test('gives up after 2·(1 s + 120 ms) = 2.24 s, and ten of them let 4080/s in', () => {
    expect(limits.answerTimeout.value).toBeCloseTo(2.24, 9)
    expect(limits.ceiling).toEqual({ value: 4080, from: 'X(10) = C₁ × 10 = 408/s × 10 = 4 080/s' })
  })
})

test('retries are bounded as is usual, or by what is left below 0.95: 0.95·4080/3700 − 1 = 4.76 %', () => {
  expect(limitsOf().retryBudget).toMatchObject({ value: 0.2 })
  expect(limitsOf({ retryBudget: 0.1 }).retryBudget.value).toBe(0.1)
  const systems = [lowerEnd408]
  const option = { backends: 10, originLoad: 3700, originWord: '' }
  const tight = serverLimits(chooseLaw(systems), nearKnee(systems)!, option, question(3700))
  expect(tight.retryBudget.value).toBeCloseTo(3876 / 3700 - 1, 9)
})

test('what backends take from one another makes each slower, and it works on as many at once', () => {
  // X(2) = 680: each carries 340/s then, and at ten of them less; L stays that of the two that were measured.
  const two = measuredSystem(680, 2, { width: 1e-9, responseTime: 0.05 })
  const limits = limitsOf({}, [measuredSystem(408, 1, { width: 1e-9, responseTime: null }), two])
  expect(limits.concurrency.value).toBeCloseTo(0.95 * 340 * 0.05, 5)
  // α = 0.2: X(10) = 4080/2.8.
  expect(limits.capacity.value).toBeCloseTo(408 / 2.8, 4)
  expect(limits.queue.value).toBe(145)
})

test('without a window just below a knee there is nothing to go by', () => {
  expect(nearKnee([measuredSystem(400, 1, { responseTime: null })])).toBeUndefined()
})
