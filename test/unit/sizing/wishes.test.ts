import { describe, expect, test } from 'vitest'
import { countsOf } from '../../../src/result/counts.ts'
import { CACHE_DEFAULTS } from '../../../src/sizing/cdn/cdn-question.ts'
import type { MeasuredRoute, MeasuredSystem } from '../../../src/sizing/measured-system.ts'
import type { OptionName, SizingAnswer, SizingOption } from '../../../src/sizing/sizing-answer.ts'
import { sizeSystem } from '../../../src/sizing/size-system.ts'
import { PLAIN_WISH, USUAL_GATEWAY } from '../../../src/sizing/sizing-wish.ts'
import type { CdnWish } from '../../../src/sizing/sizing-wish.ts'
import { measuredSystem, question } from '../../support/measured-system.ts'

const option = ({ sized }: SizingAnswer, name: OptionName): SizingOption | undefined =>
  sized!.options.find(one => one.name === name)

const route = (name: string, share: number, method = 'GET'): MeasuredRoute => ({
  name,
  method,
  path: `/${name}`,
  share,
  responseTime: 0.01,
  bytesPerAnswer: 1000,
  head: 'HTTP/1.1 200 OK\r\ncache-control: max-age=60\r\ndate: Sat, 10 Oct 2026 13:55:36 GMT\r\n\r\n',
})

describe('a cache that is worked out', () => {
  const wish = (changed: Partial<CdnWish> = {}): CdnWish => ({
    cache: CACHE_DEFAULTS,
    objects: new Map(),
    ttls: new Map(),
    ...changed,
  })
  /** Eight of ten requests are for one page, the others write. */
  const system = measuredSystem(400, 2, { routes: [route('page', 0.8), route('buy', 0.2, 'POST')] })
  const answerTo = (peak: number, cdn: CdnWish, survive = 0): SizingAnswer =>
    sizeSystem(question(peak, { survive, headroom: 1 }), [system], [], { ...PLAIN_WISH, cdn })

  test('is expected to leave what writes, and one fetch a minute: of 1000/s 200/s', () => {
    const { cdn } = answerTo(1000, wish()).sized!
    expect(cdn!.expected.originRps.value).toBeCloseTo(200, 0)
    expect(cdn!.holds).toBe(true)
  })

  test('then carries the peak with the present backends: 392/s are more than 200/s', () => {
    expect(option(answerTo(1000, wish()), 'cdn')!.holds).toBe(true)
  })

  test('does not where more than the expected share would have to be answered: 1 − 392/4000 = 90 % of 80 %', () => {
    const answer = answerTo(4000, wish())
    expect(option(answer, 'cdn')!.holds).toBe(false)
    expect(option(answer, 'cdn')!.because).toContain('but a cache is expected to answer 80 %')
  })

  test('leaves work for as many backends as carry the rest: 800/s at 196/s are 5', () => {
    const both = option(answerTo(4000, wish()), 'both')!
    expect(both).toMatchObject({ backends: 5, holds: true })
    expect(both.hitRatio).toBeCloseTo(0.8, 3)
  })

  test('goes by what is said of objects and lifetimes: of a million pages alike, kept for a second, hardly any is asked for twice', () => {
    const spread = wish({
      objects: new Map([['page', { count: 1e6, zipf: 0 }]]),
      ttls: new Map([['page', 1]]),
    })
    const { cdn } = answerTo(1000, spread).sized!
    // λᵢ·τ = 800/10⁶: a hit ratio of 0.0008.
    expect(cdn!.expected.hitRatio.value).toBeLessThan(0.001)
  })

  test('after a loss only what is left of the backends counts: one of two carries 196/s, less than 200/s', () => {
    expect(answerTo(1000, wish(), 1).sized!.cdn!.holds).toBe(false)
  })
})

describe('a peak that is simulated', () => {
  /** One slot of 2.5 ms each: 400/s. */
  const system = (rest: Partial<MeasuredSystem> = {}): MeasuredSystem =>
    measuredSystem(400, 1, { width: 1e-6, serviceTimes: countsOf(Array<number>(100).fill(2500)), ...rest })
  const answer = sizeSystem(question(1000, { survive: 1 }), [system()], [], {
    ...PLAIN_WISH,
    simulate: USUAL_GATEWAY,
  })

  test('that one backend carries four tenths of ends in 504 for all, as soon as they wait for a minute', () => {
    // The wait grows by 1.5 s a second.
    const { endings, p50, p99 } = option(answer, 'do-nothing')!.simulated!
    expect(endings).toEqual({ 200: 0, 429: 0, 502: 0, 503: 0, 504: 1, 'gave-up': 0 })
    expect([p50, p99]).toEqual([null, null])
  })

  test('is over before that where it is short: after 20 s they wait for 30 s', () => {
    const short = sizeSystem(question(1000, { peakLasts: 20 }), [system()], [], {
      ...PLAIN_WISH,
      simulate: USUAL_GATEWAY,
    })
    const { endings, p99, p50 } = option(short, 'do-nothing')!.simulated!
    expect(endings['200']).toBe(1)
    expect(Math.abs(p99!.value / 29.7 - 1)).toBeLessThan(0.02)
    expect(Math.abs(p50!.value / 15 - 1)).toBeLessThan(0.02)
  })

  test('and is lost all the same where the gateway that there is gives up after 10 s of that', () => {
    const impatient = sizeSystem(question(1000, { peakLasts: 20 }), [system()], [], {
      ...PLAIN_WISH,
      simulate: { gatewayTimeout: 10 },
    })
    expect(option(impatient, 'do-nothing')!.simulated!.endings['504']).toBe(1)
  })

  test('is carried by the backends that are recommended: nobody fails, and at half of the capacity few wait', () => {
    // 1000/280 = 3.6: 4 + 1 at 400/s each.
    const five = option(answer, 'backends')!
    expect(five.backends).toBe(5)
    expect(five.simulated!.endings['200']).toBe(1)
    expect(five.simulated!.p99!.value).toBeGreaterThanOrEqual(0.0025)
    expect(five.simulated!.p99!.value).toBeLessThan(0.01)
    expect(five.simulated!.p50!.value).toBeLessThan(five.simulated!.p99!.value)
  })

  test('is cut to what can be served by a limiter: four of ten, after the wait that is allowed', () => {
    const { endings, p50, p99 } = option(answer, 'limiter')!.simulated!
    expect(Math.abs(endings['200'] - 0.4)).toBeLessThan(0.01)
    expect(endings['503']).toBeCloseTo(1 - endings['200'], 9)
    // The queue stays full: q / C₁ = 1 s, then as many as are let in at a time, m / C₁.
    const { maxConcurrent } = answer.sized!.limits!
    const longest = 1 + maxConcurrent.value / 400
    expect(p50!.value).toBeGreaterThan(0.9)
    expect(p99!.value).toBeLessThan(longest * 1.01)
  })

  test('says what it takes for granted', () => {
    const said = answer.sized!.simulation!.join('\n')
    expect(said).toContain('Service takes what 100 good answers took')
    expect(said).toContain('C₁ × S = 400/s × 2.5 ms = 1 requests at a time')
    expect(said).toContain('gives up an answer after 60 s, with 504 (--gateway-timeout)')
    expect(said).toContain('Clients wait for their answer, and take what they get')
  })

  test('is not where the reports do not show how long the work takes; that is said', () => {
    const blind = sizeSystem(question(1000), [system({ serviceTimes: null })], [], {
      ...PLAIN_WISH,
      simulate: USUAL_GATEWAY,
    })
    expect(option(blind, 'backends')!.simulated).toBeNull()
    expect(blind.sized!.notes.join()).toContain('Nothing could be simulated')
    expect(option(sizeSystem(question(1000), [system()]), 'backends')!.simulated).toBeNull()
  })

  test('of thousands of backends is that of a part of them with its part of the load', () => {
    const many = sizeSystem(question(1_000_000), [system()], [], { ...PLAIN_WISH, simulate: USUAL_GATEWAY })
    const option = many.sized!.options.find(({ name }) => name === 'backends')!
    expect(option.backends).toBeGreaterThan(3000)
    expect(option.simulated!.backends).toBe(40)
    expect(option.simulated!.endings['200']).toBe(1)
    expect(many.sized!.simulation!.join('\n')).toMatch(
      /Of \d+ \d+ backends, 40 with their part of the load stand for all/,
    )
  })
})
