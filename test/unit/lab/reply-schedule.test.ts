import { expect, test } from 'vitest'
import type { LabModel } from '../../../src/lab/model.ts'
import { createReplySchedule } from '../../../src/lab/reply-schedule.ts'
import { createTally } from '../../../src/lab/tally.ts'

/** Whoever arrives at t departs at 10 − t: the later, the sooner. */
const reversing: LabModel = { arrive: at => ({ status: 200, departsAtSeconds: 10 - at }) }

test('visits depart in the order of their departures, none before it is due', () => {
  const departed: string[] = []
  const schedule = createReplySchedule<string>(reversing, visit => departed.push(visit.ticket))
  schedule.arrive(1, '/', 'a')
  schedule.arrive(2, '/', 'b')
  schedule.arrive(3, '/', 'c')
  expect(schedule.nextDueAt()).toBe(7)
  schedule.release(6.9)
  expect(departed).toEqual([])
  schedule.release(8)
  expect(departed).toEqual(['c', 'b'])
  expect([...schedule.waiting()].map(visit => visit.ticket)).toEqual(['a'])
  schedule.release(9)
  expect(schedule.nextDueAt()).toBe(Infinity)
})

test('a later departure moves when somebody else arrives', () => {
  // Half speed for two, as in processor sharing: 2 s of work, and the second comes after 1 s.
  const waiting: { reply: { status: number; departsAtSeconds: number }; left: number }[] = []
  let now = 0
  const nextAt = (): number =>
    waiting.length === 0 ? Infinity : now + Math.min(...waiting.map(job => job.left)) * waiting.length
  const work = (until: number): void => {
    for (const job of waiting) job.left -= (until - now) / waiting.length
    now = until
  }
  const model: LabModel = {
    arrive(at) {
      work(at)
      const reply = { status: 200, departsAtSeconds: Infinity }
      waiting.push({ reply, left: 2 })
      return reply
    },
    later: {
      nextAt,
      take() {
        work(nextAt())
        const { reply } = waiting.shift()!
        reply.departsAtSeconds = now
        return reply
      },
    },
  }
  const departures: [string, number][] = []
  const schedule = createReplySchedule<string>(model, visit =>
    departures.push([visit.ticket, visit.reply.departsAtSeconds]),
  )
  schedule.arrive(0, '/', 'first')
  expect(schedule.nextDueAt()).toBe(2)
  schedule.arrive(1, '/', 'second')
  // One second of work left for the first, at half speed.
  expect(schedule.nextDueAt()).toBe(3)
  schedule.release(Infinity)
  // The second got 1 s of work by then and has 1 s left, alone.
  expect(departures).toEqual([
    ['first', 3],
    ['second', 4],
  ])
})

test('every request received is answered, cut, abandoned or waiting', () => {
  const tally = createTally(() => 0)
  for (let n = 0; n < 6; n += 1) tally.received()
  tally.answered(200)
  tally.answered(200)
  tally.answered(502)
  tally.reset()
  tally.abandoned()
  expect(tally.counts()).toEqual({
    total: 6,
    byStatus: { 200: 2, 502: 1 },
    resets: 1,
    abandoned: 1,
    waiting: 1,
    firstAt: '1970-01-01T00:00:00.000Z',
    lastAt: '1970-01-01T00:00:00.000Z',
  })
  expect(createTally().counts()).toMatchObject({ total: 0, firstAt: null, lastAt: null })
})
