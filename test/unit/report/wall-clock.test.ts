import { assert, date, property } from 'fast-check'
import { expect, test } from 'vitest'
import { isoInstant, wallClockMs } from '../../../src/report/wall-clock.ts'
import { seconds } from '../../../src/units/quantity.ts'

const isoAt = (run: Parameters<typeof wallClockMs>[0], atSeconds: number): string | undefined => {
  const ms = wallClockMs(run, atSeconds)
  return ms === undefined ? undefined : isoInstant(ms)
}

test('an instant of the trial is that long after the start of the run', () => {
  const run = { startedAt: '2026-03-04T23:59:58.500Z' }
  expect(isoAt(run, 0)).toBe('2026-03-04T23:59:58.500Z')
  expect(isoAt(run, 2.25)).toBe('2026-03-05T00:00:00.750Z')
})

test('after a pause it counts from the start of the run that went on', () => {
  const earlier = { id: 'a', endedAt: '2026-03-04T10:00:41.000Z' }
  const run = {
    startedAt: '2026-03-04T12:00:00.000Z',
    resumedFrom: [
      { ...earlier, startedAt: '2026-03-04T10:00:00.000Z', until: seconds(40) },
      { ...earlier, startedAt: '2026-03-04T11:00:00.000Z', until: seconds(60) },
    ],
  }
  expect(isoAt(run, 39)).toBe('2026-03-04T10:00:39.000Z')
  expect(isoAt(run, 40)).toBe('2026-03-04T11:00:00.000Z')
  expect(isoAt(run, 59)).toBe('2026-03-04T11:00:19.000Z')
  expect(isoAt(run, 61)).toBe('2026-03-04T12:00:01.000Z')
})

test('a run that does not say when it began has no such instants', () => {
  expect(wallClockMs({ startedAt: 'yesterday' }, 1)).toBeUndefined()
  expect(wallClockMs({ startedAt: '' }, 1)).toBeUndefined()
  expect(wallClockMs({ startedAt: '2026-03-04T12:00:00.000Z' }, 1e300)).toBeUndefined()
})

test('an instant is read as it was written', () => {
  const instant = date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
  assert(
    property(instant, at => {
      expect(isoAt({ startedAt: at.toISOString() }, 0)).toBe(at.toISOString())
    }),
  )
})
