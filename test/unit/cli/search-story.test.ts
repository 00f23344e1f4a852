import { describe, expect, test } from 'vitest'
import { createSearchStory } from '../../../src/cli/search-story.ts'
import { showProgress } from '../../../src/cli/show-progress.ts'
import { nodeEffects } from '../../../src/cli/node-effects.ts'
import type { SearchRecord } from '../../../src/result/search-record.ts'
import type { Progress } from '../../../src/trial/progress.ts'
import { perSecond } from '../../../src/units/quantity.ts'

const BECAUSE = [
  '20/s to see what is usual at little load',
  'raising the load to 30/s',
  'holding 30/s for up to 12 s to confirm',
]
const FOUND = ['nothing fails', 'too much for it', 'passes: 0.2 % missing of 3 400']

/** The second that ends at `atSeconds`, in a step. */
const second = (atSeconds: number, step: number): Progress => ({
  atSeconds,
  secondsLeft: 100,
  stage: 'hold 30/s',
  warmup: false,
  offeredRps: 30,
  goodRps: 30,
  errorShare: 0,
  p99Ms: 2,
  inFlight: 0,
  draining: false,
  search: {
    step,
    phase: 'hold',
    rate: perSecond(30),
    because: BECAUSE[step]!,
    found: FOUND[step - 1] ?? '',
  },
})
const record = { steps: FOUND.map(found => ({ found })) } as unknown as SearchRecord

describe('a search tells its story', () => {
  test('each decision once, when its step begins, and what the step before it showed', () => {
    const story = createSearchStory(80)
    const told = [second(1, 0), second(2, 0), second(3, 1), second(4, 2), second(5, 2)].map(progress =>
      story.next(progress),
    )
    expect(told).toEqual([
      '   0 s  20/s to see what is usual at little load\n',
      '',
      '     →  nothing fails\n   2 s  raising the load to 30/s\n',
      '     →  too much for it\n   3 s  holding 30/s for up to 12 s to confirm\n',
      '',
    ])
    expect(story.end(record)).toBe('     →  passes: 0.2 % missing of 3 400\n')
  })

  test('from where it goes on, without what an earlier run has told', () => {
    const story = createSearchStory(80)
    expect(story.next(second(31, 2))).toBe('  30 s  holding 30/s for up to 12 s to confirm\n')
  })

  test('in lines that fit, the second and later ones indented', () => {
    expect(createSearchStory(40).next(second(4, 2))).toBe(
      '   3 s  holding 30/s for up to 12 s to\n        confirm\n',
    )
    expect(createSearchStory(200).next(second(4, 2)).split('\n')).toHaveLength(2)
  })

  test('and has none to tell of a run with stages, or of a search that never began', () => {
    const { search: _, ...plain } = second(1, 0)
    expect(createSearchStory(80).next(plain)).toBe('')
    expect(createSearchStory(80).end(record)).toBe('')
    expect(createSearchStory(80).end(undefined)).toBe('')
  })
})

describe('beside the progress', () => {
  const showTo = (isLive: boolean, isQuiet = false): string => {
    let told = ''
    const terminal = {
      ...nodeEffects().terminal,
      tell: (text: string) => void (told += text),
      tellColumns: 80,
      isLive,
    }
    const voice = { say: () => undefined, isQuiet, isJson: false, colour: false, columns: 80 }
    const display = showProgress(voice, terminal)
    for (const progress of [second(1, 0), second(2, 0), second(3, 1)]) display.update(progress)
    display.end(record)
    return told
  }

  test('lines of the story stay above the one that is written over itself', () => {
    // What is left on the screen: everything but what an erased line began.
    const lines = showTo(true)
      .split('\n')
      .map(line => line.split('\r\u001B[2K').at(-1))
    expect(lines).toEqual([
      '   0 s  20/s to see what is usual at little load',
      '     →  nothing fails',
      '   2 s  raising the load to 30/s',
      '     →  too much for it',
      '',
    ])
  })

  test('a log has them as lines of their own, and no control characters', () => {
    expect(showTo(false).split('\n')).toContain('   2 s  raising the load to 30/s')
    // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
    expect(showTo(false)).not.toMatch(/[\u0000-\u0009\u000B-\u001F]/)
  })

  test('quiet is quiet', () => expect(showTo(true, true) + showTo(false, true)).toBe(''))
})
