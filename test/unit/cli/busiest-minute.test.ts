import { assert, array, date, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { busiestMinute } from '../../../src/cli/access-log/busiest-minute.ts'
import { logMinute } from '../../../src/cli/access-log/log-minute.ts'

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
const two = (value: number): string => String(value).padStart(2, '0')
/** A line of the Combined Log Format at that instant, as a server east of Greenwich by `zone` minutes writes it. */
function line(at: Date, zone = 0): string {
  const there = new Date(at.getTime() + zone * 60_000)
  const day = `${two(there.getUTCDate())}/${MONTHS[there.getUTCMonth()]}/${there.getUTCFullYear()}`
  const time = [there.getUTCHours(), there.getUTCMinutes(), there.getUTCSeconds()].map(two).join(':')
  const offset = `${zone < 0 ? '-' : '+'}${two(Math.floor(Math.abs(zone) / 60))}${two(Math.abs(zone) % 60)}`
  return `192.0.2.7 - frank [${day}:${time} ${offset}] "GET /a HTTP/1.1" 200 512 "-" "curl/8 [x]"`
}
const at = (time: string): Date => new Date(`2026-10-10T${time}Z`)

describe('the minute of a log line', () => {
  test('is that of its instant, whatever the zone', () => {
    const wanted = at('13:55:00').getTime() / 60_000
    for (const zone of [0, 60, -420, 330]) expect(logMinute(line(at('13:55:36'), zone))).toBe(wanted)
  })

  test('round trips, as a property', () => {
    const instants = date({ min: new Date('1970-01-02'), max: new Date('2100-01-01'), noInvalidDate: true })
    assert(
      property(instants, integer({ min: -720, max: 840 }), (instant, zone) => {
        expect(logMinute(line(instant, zone))).toBe(Math.floor(instant.getTime() / 60_000))
      }),
    )
  })

  test.each([
    'hello',
    '',
    '{"time":"2026-10-10T13:55:36Z"}',
    line(at('13:55:36')).replace('10/Oct', '31/Feb'),
    line(at('13:55:36')).replace('13:55', '25:55'),
    line(at('13:55:36')).replace('Oct', 'Okt'),
  ])('is none in %j', text => {
    expect(logMinute(text)).toBeUndefined()
  })
})

describe('the busiest minute', () => {
  test('has most lines, over all logs together and in any order', () => {
    const first = ['13:00:10', '13:01:59', '13:00:30'].map(time => line(at(time)))
    const second = ['13:01:00', '12:00:00', '13:01:30'].map(time => line(at(time)))
    expect(busiestMinute([first, ['junk', '', ...second]])).toEqual({
      ok: true,
      value: { requests: 3, at: '2026-10-10T13:01Z', lines: 6, badLines: 1 },
    })
  })

  test('does not depend on the order of the lines', () => {
    assert(
      property(array(integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 60 }), offsets => {
        const lines = offsets.map(offset => line(new Date(at('13:00:00').getTime() + offset * 1000)))
        expect(busiestMinute([lines.toReversed()])).toEqual(busiestMinute([lines]))
      }),
    )
  })

  test('is none without a line', () => {
    expect(busiestMinute([['x', 'y']])).toEqual({ ok: false, because: 'no-lines', badLines: 2 })
  })

  test('keeps a bounded number of minutes: a log that spans more is not read to its end', () => {
    let given = 0
    const endless = function* (): Generator<string> {
      for (;;) yield line(new Date((given += 1) * 60_000))
    }
    expect(busiestMinute([endless()], 10)).toMatchObject({ ok: false, because: 'too-many-minutes' })
    expect(given).toBe(11)
  })
})
