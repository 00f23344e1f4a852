import { array, assert, constant, integer, oneof, property, record } from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { expect, test } from 'vitest'
import { WaitingLine } from '../../../src/http/waiting-line.ts'
import type { Waiting } from '../../../src/http/waiting-line.ts'

const waiting = (deadlineAt: number): Waiting => ({
  window: 0,
  request: 0,
  intendedAt: 0,
  deadlineAt,
  sentAt: -1,
  firstByteAt: -1,
  bytesRead: 0,
})

test('first come, first served; the ones a connection was begun for are the first', () => {
  const line = new WaitingLine()
  for (const deadline of [1, 2, 3]) line.push(waiting(deadline))
  expect(line.begin()?.deadlineAt).toBe(1)
  expect(line.begin()?.deadlineAt).toBe(2)
  expect(line).toMatchObject({ length: 3, begun: 2 })
  expect(line.first?.deadlineAt).toBe(1)
  expect(line.shift()?.deadlineAt).toBe(1)
  expect(line).toMatchObject({ length: 2, begun: 1 })
  expect(line.begin()?.deadlineAt).toBe(3)
  expect(line.begin()).toBeUndefined()
  expect([line.shift(), line.shift(), line.shift()].map(each => each?.deadlineAt)).toEqual([2, 3, undefined])
  expect(line).toMatchObject({ length: 0, begun: 0 })
})

const step = oneof(
  { weight: 4, arbitrary: record({ do: constant<'push'>('push'), deadline: integer({ min: 0, max: 9 }) }) },
  { weight: 2, arbitrary: record({ do: constant<'begin'>('begin') }) },
  { weight: 2, arbitrary: record({ do: constant<'shift'>('shift') }) },
  { weight: 1, arbitrary: record({ do: constant<'remove'>('remove'), now: integer({ min: 0, max: 9 }) }) },
)

interface Entry {
  readonly waiting: Waiting
  readonly begun: boolean
}

/** Does one step to the line and to a plain list of entries; gives what each let out, and the list afterwards. */
function take(
  line: WaitingLine,
  model: readonly Entry[],
  each: typeof step extends Arbitrary<infer Step> ? Step : never,
): { readonly out: unknown; readonly expected: unknown; readonly model: readonly Entry[] } {
  switch (each.do) {
    case 'push': {
      const added = waiting(each.deadline)
      line.push(added)
      return { out: undefined, expected: undefined, model: [...model, { waiting: added, begun: false }] }
    }
    case 'begin': {
      const first = model.find(({ begun }) => !begun)
      const after = model.map(entry => (entry === first ? { ...entry, begun: true } : entry))
      return { out: line.begin(), expected: first?.waiting, model: after }
    }
    case 'shift':
      return { out: line.shift(), expected: model[0]?.waiting, model: model.slice(1) }
    default: {
      const removed: Entry[] = []
      const expired = ({ deadlineAt }: Waiting): boolean => deadlineAt <= each.now
      line.remove(expired, (waiting, begun) => removed.push({ waiting, begun }))
      const expected = model.filter(({ waiting }) => expired(waiting))
      return { out: removed, expected, model: model.filter(({ waiting }) => !expired(waiting)) }
    }
  }
}

test('behaves like a list in which each one remembers whether a connection was begun for it', () => {
  assert(
    property(array(step, { maxLength: 80 }), steps => {
      const line = new WaitingLine()
      let model: readonly Entry[] = []
      for (const each of steps) {
        const taken = take(line, model, each)
        model = taken.model
        expect(taken.out).toEqual(taken.expected)
        expect(line.length).toBe(model.length)
        expect(line.begun).toBe(model.filter(({ begun }) => begun).length)
        expect(line.first).toBe(model[0]?.waiting)
      }
    }),
    { numRuns: 500 },
  )
})

test('keeps its order through thousands that come and go', () => {
  const line = new WaitingLine()
  const left: number[] = []
  for (let i = 0; i < 20_000; i += 4) {
    for (let k = i; k < i + 4; k += 1) line.push(waiting(k))
    for (let k = 0; k < 3; k += 1) left.push(line.shift()!.deadlineAt)
  }
  expect(left).toEqual(Array.from({ length: 15_000 }, (_, i) => i))
  expect(line.length).toBe(5000)
  expect(line.first?.deadlineAt).toBe(15_000)
})

test('one that is put back is the first again, and a connection counts as begun for it', () => {
  const line = new WaitingLine()
  for (const deadline of [2, 3]) line.push(waiting(deadline))
  const first = line.shift()!
  line.putBack(first)
  expect(line).toMatchObject({ length: 2, begun: 1 })
  line.putBack(waiting(1))
  const expired: number[] = []
  line.expire(2, ({ deadlineAt }) => expired.push(deadlineAt))
  expect(expired).toEqual([1, 2])
  expect(line).toMatchObject({ length: 1, begun: 0 })
  line.putBack(waiting(9))
  line.expire(3, ({ deadlineAt }) => expired.push(deadlineAt))
  expect(expired).toEqual([1, 2, 3])
  expect(line.first?.deadlineAt).toBe(9)
})
