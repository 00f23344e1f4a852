import { array, assert, integer, property, string, stringMatching } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { textWidth, truncate } from '../../../src/report/terminal/text-width.ts'
import { wrapCommand, wrapText } from '../../../src/report/terminal/wrap-text.ts'

describe('wrapped text', () => {
  test('breaks at spaces', () => {
    expect(wrapText('the quick brown fox', 10)).toEqual(['the quick', 'brown fox'])
  })

  test('keeps a number with its unit', () => {
    expect(wrapText('it took 12 ms in all', 11)).toEqual(['it took', '12 ms in', 'all'])
  })

  test('cuts a word that is longer than a line', () => {
    expect(wrapText('http://0123456789.example', 10)).toEqual(['http://012', '3456789.ex', 'ample'])
  })

  test('never exceeds its width and loses nothing but spaces, whatever the text', () => {
    assert(
      property(string({ unit: 'grapheme' }), integer({ min: 8, max: 60 }), (text, width) => {
        const lines = wrapText(text, width)
        expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(width)
        expect(lines.join('').replaceAll(/[ \u00a0]/g, '')).toBe(text.replaceAll(/[ \u00a0]/g, ''))
      }),
    )
  })
})

describe('a wrapped command', () => {
  test('stays whole where it fits', () => {
    expect(wrapCommand(['plimsoll', 'run', 'a.yaml'], 40)).toEqual(['plimsoll run a.yaml'])
  })

  test('can be pasted: every line but the last ends in a backslash', () => {
    expect(wrapCommand(['plimsoll', 'run', 'scenario.yaml', '--peak', '5000/s'], 24)).toEqual([
      String.raw`plimsoll run \ `.trim(),
      String.raw`scenario.yaml --peak \ `.trim(),
      '5000/s',
    ])
  })

  test('keeps every word whole that fits', () => {
    assert(
      property(array(stringMatching(/^[a-z]{1,10}$/), { minLength: 1 }), words => {
        const lines = wrapCommand(words, 20)
        expect(lines.join(' ').replaceAll(' \\ ', ' ').split(' ')).toEqual(words)
      }),
    )
  })
})

describe('the width of a text', () => {
  test('is two columns for wide characters and none for combining ones', () => {
    expect([textWidth('abc'), textWidth('商品'), textWidth('e\u0301'), textWidth('🛒')]).toEqual([3, 4, 1, 2])
  })

  test('bounds a truncated text, which says that it was cut', () => {
    expect(truncate('checkout', 8)).toBe('checkout')
    expect(truncate('checkout page', 8)).toBe('checkou…')
    expect(truncate('商品商品', 6)).toBe('商品…')
  })
})
