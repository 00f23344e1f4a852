import { expect, test } from 'vitest'
import type { TickPart } from '../../../src/recording/window-part.ts'
import { TIMED_OUT, failedCode, neverSentCode } from '../../../src/result/outcome.ts'
import type { OutcomeCode } from '../../../src/result/outcome.ts'
import { createDeadTargetWatch } from '../../../src/trial/dead-target-watch.ts'
import { QUIET_TICK } from '../../support/quiet-tick.ts'

function second(answered: number, failures: readonly (readonly [OutcomeCode, number])[] = []): TickPart {
  const ended = answered + failures.reduce((sum, [, count]) => sum + count, 0)
  return {
    ...QUIET_TICK,
    offered: 10,
    flow: { answered, good: 0, ended },
    failures,
  }
}

const REFUSED = failedCode('refused')

test('three seconds of refused connections and not one answer: the target is dead', () => {
  const watch = createDeadTargetWatch()
  expect(watch([second(0, [[REFUSED, 10]])])).toBeUndefined()
  expect(watch([second(0, [[REFUSED, 10]])])).toBeUndefined()
  expect(watch([second(0, [[REFUSED, 10]])])).toEqual({
    failure: 'refused',
    reason: 'not one of the first 30 requests was answered; most ended as refused',
  })
})

test('one answer, whatever its status, and the target is measured to the end', () => {
  const watch = createDeadTargetWatch()
  watch([second(1)])
  for (let i = 0; i < 10; i += 1) expect(watch([second(0, [[REFUSED, 10]])])).toBeUndefined()
})

test('the answer to another worker counts', () => {
  const watch = createDeadTargetWatch()
  const dead = second(0, [[REFUSED, 10]])
  watch([dead, second(1)])
  for (let i = 0; i < 10; i += 1) expect(watch([dead, dead])).toBeUndefined()
})

test('seconds in which nothing ended say nothing: answers may still be awaited', () => {
  const watch = createDeadTargetWatch()
  for (let i = 0; i < 30; i += 1) expect(watch([second(0)])).toBeUndefined()
  for (let i = 0; i < 2; i += 1) expect(watch([second(0, [[TIMED_OUT, 5]])])).toBeUndefined()
  expect(watch([second(0, [[TIMED_OUT, 5]])])).toMatchObject({ failure: 'timed-out' })
})

test('fewer than three endings are too few to tell', () => {
  const watch = createDeadTargetWatch()
  watch([second(0, [[REFUSED, 1]])])
  watch([second(0, [[REFUSED, 1]])])
  for (let i = 0; i < 5; i += 1) expect(watch([second(0)])).toBeUndefined()
  expect(watch([second(0, [[REFUSED, 1]])])).toMatchObject({ failure: 'refused' })
})

test('the most frequent failure is named, over all workers and seconds', () => {
  const watch = createDeadTargetWatch()
  const reset = failedCode('reset')
  watch([second(0, [[REFUSED, 3]]), second(0, [[reset, 2]])])
  watch([second(0, [[REFUSED, 1]]), second(0, [[reset, 3]])])
  expect(watch([second(0), second(0, [[neverSentCode('no-free-connection'), 1]])])).toEqual({
    failure: 'reset',
    reason: 'not one of the first 10 requests was answered; most ended as reset',
  })
})

test('what the generator did not get round to sending says nothing about the target', () => {
  const watch = createDeadTargetWatch()
  const behind = neverSentCode('generator-behind')
  for (let i = 0; i < 10; i += 1) expect(watch([second(0, [[behind, 100]])])).toBeUndefined()
})
