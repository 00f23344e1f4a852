import { assert, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanText, cleanTexts } from '../../../src/report/view/clean-text.ts'
import { countOf, listOf, sentence } from '../../../src/report/view/sentence.ts'
import { shellWord } from '../../../src/report/view/shell-word.ts'
import { unbreakable } from '../../../src/report/unbreakable.ts'

test('a half sentence becomes a whole one, a whole one stays', () => {
  expect(sentence('the queue is full')).toBe('The queue is full.')
  expect(sentence('Is it?')).toBe('Is it?')
  expect(sentence('')).toBe('')
})

test('a name that begins a sentence keeps its letters', () => {
  expect(sentence('p99 was back at 12 ms')).toBe('p99 was back at 12 ms.')
  expect(sentence('nginx.conf is wrong')).toBe('nginx.conf is wrong.')
  expect(sentence('checkout: 3 of 4 failed')).toBe('checkout: 3 of 4 failed.')
})

test('lists and counts read as people write them', () => {
  expect([listOf([]), listOf(['a']), listOf(['a', 'b']), listOf(['a', 'b', 'c'])]).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
  ])
  expect([countOf(1, 'window'), countOf(12_345, 'window')]).toEqual(['1 window', '12 345 windows'])
})

describe('text from outside', () => {
  test('loses escape codes, line breaks and marks that turn its direction', () => {
    expect(cleanText('a\u001b[31mb\r\nc\u202ed\u2028e')).toBe('a [31mb c d e')
  })

  test('keeps every other letter', () => {
    expect(cleanText('Größe → 商品 🛒')).toBe('Größe → 商品 🛒')
  })

  test('is cleaned wherever it stands in plain data', () => {
    expect(cleanTexts({ a: ['\u0007'], b: { c: 'x\u0000y' }, d: 1, e: null })).toEqual({
      a: [' '],
      b: { c: 'x y' },
      d: 1,
      e: null,
    })
  })
})

describe('a word for a shell', () => {
  test('is quoted only where it must be', () => {
    expect(shellWord('scenarios/shop.yaml')).toBe('scenarios/shop.yaml')
    expect(shellWord('http://h/?a=1&b=2')).toBe("'http://h/?a=1&b=2'")
    expect(shellWord("it's; rm -rf")).toBe(String.raw`'it'\''s; rm -rf'`)
  })

  test('ends its quotes where it began them, whatever it holds', () => {
    assert(
      property(string({ minLength: 1 }), word => {
        const quoted = shellWord(word)
        const read = quoted.startsWith("'") ? quoted.slice(1, -1).replaceAll(String.raw`'\''`, "'") : quoted
        expect(read).toBe(word)
      }),
    )
  })
})

test('a number stays with its thousands and its unit', () => {
  expect(unbreakable('1 140/s, 95 % in 12.4 ms of 3 requests')).toBe(
    '1\u00a0140/s, 95\u00a0% in 12.4\u00a0ms of 3 requests',
  )
})
