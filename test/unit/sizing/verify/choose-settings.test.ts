import { assert, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linearLaw } from '../../../../src/sizing/linear-law.ts'
import { chooseSettings } from '../../../../src/sizing/verify/choose-settings.ts'
import type { PeakSetting } from '../../../../src/sizing/verify/verification.ts'
import { question } from '../../../support/measured-system.ts'

/** 100/s each, known exactly. */
const law = linearLaw({ backends: 1, rps: 100, low: 100, high: 100 }, 'given')
const settings = (backends: number, load: number, survive: number): readonly PeakSetting[] =>
  chooseSettings({ backends, originLoad: load }, law, question(load, { survive }), {
    seconds: 20,
    scaled: false,
  })
const told = (all: readonly PeakSetting[]): string[] =>
  all.map(({ role, bought, backends, expected }) => `${role}: ${bought}, ${backends} built: ${expected}`)

describe('what the peak is sent to', () => {
  test('without room to spare: the recommended number, and one fewer, which breaks', () => {
    // 450/s over 5 × 100/s are 90 %, over 4 are 112.5 %.
    expect(told(settings(5, 450, 0))).toEqual(['recommended: 5, 5 built: yes', 'one-fewer: 4, 4 built: no'])
  })

  test('with room to spare one fewer still holds, and then the most that cannot hold it as well', () => {
    // 500/s, headroom 70 %: 8 do, 7 are 71 %; 5 would be 100 %, and 4 are 125 %.
    expect(told(settings(8, 500, 0))).toEqual([
      'recommended: 8, 8 built: yes',
      'one-fewer: 7, 7 built: yes',
      'too-few: 4, 4 built: no',
    ])
  })

  test('those that are to be survived are not built, of any number', () => {
    expect(told(settings(9, 500, 1))).toEqual([
      'recommended: 9, 8 built: yes',
      'one-fewer: 8, 7 built: yes',
      'too-few: 5, 4 built: no',
    ])
  })

  test('one backend that holds it alone has nothing smaller', () => {
    expect(told(settings(1, 50, 0))).toEqual(['recommended: 1, 1 built: yes'])
    expect(told(settings(2, 50, 1))).toEqual(['recommended: 2, 1 built: yes'])
  })

  test('the loss of a zone counts where it is more than that of backends', () => {
    // Of 9 over 3 zones 3 may be lost.
    const all = chooseSettings(
      { backends: 9, originLoad: 420 },
      law,
      question(420, { survive: 1, zones: 3 }),
      { seconds: 20, scaled: false },
    )
    expect(all[0]).toMatchObject({ backends: 6, capacity: 600 })
  })

  test('what carries exactly the load is too near for a run to tell', () => {
    // 10 000 requests: 1 % and 2 × 2√20000/10000 = 5.7 % are the least excess that shows.
    expect(settings(6, 500, 0)[1]).toMatchObject({ backends: 5, expected: 'cannot-tell' })
    expect(settings(6, 531, 0)[1]).toMatchObject({ backends: 5, expected: 'cannot-tell' })
    expect(settings(6, 540, 0)[1]).toMatchObject({ backends: 5, expected: 'no' })
  })

  test('where one backend with its share stands for all, fewer requests tell, and more has to be missing', () => {
    // 500/s over 4 are 125 %. One of them gets 125/s, 2 500 requests in 20 s: 1 % and 2 × 2√5000/2500 = 12.3 % have to be missing, and
    // 20 % are. In 5 s, 625 requests: 23.6 %, so that only 3, of which 40 % are missing, are sure to break.
    const fewest = (seconds: number): number | undefined =>
      chooseSettings({ backends: 8, originLoad: 500 }, law, question(500, { survive: 0 }), {
        seconds,
        scaled: true,
      }).find(({ expected }) => expected === 'no')?.backends
    expect([fewest(20), fewest(5)]).toEqual([4, 3])
  })

  test('where something must break, the next larger number need not, or was chosen as well', () => {
    assert(
      property(integer({ min: 2, max: 500 }), integer({ min: 10, max: 100 }), (backends, percent) => {
        const all = settings(backends, backends * percent, 0)
        const broken = all.find(({ expected }) => expected === 'no')
        if (broken === undefined) return
        const [next] = settings(broken.backends + 1, backends * percent, 0)
        expect(next!.expected).not.toBe('no')
      }),
    )
  })
})
