import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { stageTags } from '../../../../src/report/hlog/stage-tags.ts'

test('a tag is the name of its stage, with what would end it replaced', () => {
  expect(stageTags(['ramp', 'from 50/s, slowly', 'größer'])).toEqual(['ramp', 'from_50/s_slowly', 'größer'])
})

test('stages of one name have a tag each, as have those whose names come out alike', () => {
  expect(stageTags(['hold', 'hold', 'hold-2', 'hold', 'a b', 'a,b', '', ' '])).toEqual([
    'hold',
    'hold-2',
    'hold-2-2',
    'hold-3',
    'a_b',
    'a_b-2',
    'stage',
    'stage-2',
  ])
})

test('no name ends a tag or a line, and no two stages share a tag', () => {
  const name = array(
    oneof(constantFrom(...Array.from(', \t\r\n\u2028\u0085\u00a0a')), string({ unit: 'binary' })),
    {
      maxLength: 4,
    },
  )
  assert(
    property(
      array(
        name.map(parts => parts.join('')),
        { maxLength: 8 },
      ),
      names => {
        const tags = stageTags(names)
        expect(new Set(tags).size).toBe(names.length)
        // oxlint-disable-next-line no-control-regex -- finding none is the purpose
        for (const tag of tags) expect(tag).toMatch(/^[^\s,\u0000-\u001f\u0085\u2028\u2029]+$/u)
      },
    ),
  )
})
