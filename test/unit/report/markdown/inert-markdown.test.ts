import { assert, array, constantFrom, oneof, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeBlock, codeSpan, inertText, paragraph } from '../../../../src/report/markdown/inert-markdown.ts'
import { kindsOf, textOf, tokensOf } from '../../../support/markdown-tokens.ts'

const NASTY = [
  '<img src=x onerror=alert(1)>',
  '<!--',
  '-->',
  '<details>',
  '</summary>',
  '&lt;',
  '&#64;',
  '&',
  '|',
  '\\|',
  '\\',
  '`',
  '``',
  '```',
  '~~~',
  '*',
  '**',
  '_',
  '__',
  '~~',
  '[a](b)',
  '![a](b)',
  '[^1]',
  '<a@b.c>',
  '@octocat',
  'a@b.example',
  'http://a.example/b',
  'HTTPS://a.example',
  'ftp://a.example',
  'www.a.example',
  '#1',
  'a/b#2',
  'GH-3',
  '!4',
  '%5',
  '$6',
  '$x$',
  '~bug',
  ':tada:',
  '/close',
  '# a',
  '- a',
  '1. a',
  '+ a',
  '===',
  ' ',
  '  ',
  '"',
  "'",
  '(',
  ')',
  '{',
  '}',
  '=',
  ':',
  '.',
  '1',
  'a',
  'é',
  '漢',
  '😀',
]
/** Visible characters and plain spaces: what is shown must be exactly what was given. */
const visible = string({ unit: 'grapheme' }).filter(text => !/[\p{C}\p{Z}]/u.test(text.replaceAll(' ', '')))
const texts = array(oneof(constantFrom(...NASTY), visible), { maxLength: 12 }).map(parts => parts.join(''))
const shownAs = (text: string): string => text.replaceAll(/ +/g, ' ').trim()
const withoutBreaks = (text: string): string => text.replaceAll('\u200b', '')

/** Where GitHub or GitLab make a link, a mention or an emoji of a rendered text. */
const LINKS = /@[\p{L}\p{N}_]|[#!%$~][\p{L}\p{N}_"]|\w:\/\/|\bwww\.|\bGH-\d|:[\w+-]*[a-z+][\w+-]*:/iu

describe('a hostile text', () => {
  test('in a paragraph is shown as it is, and is nothing but text', () => {
    assert(
      property(texts, text => {
        const markdown = paragraph(text, 10_000)
        expect(withoutBreaks(textOf(markdown))).toBe(shownAs(text))
        const kinds = shownAs(text) === '' ? [] : ['inline', 'paragraph_close', 'paragraph_open']
        expect(kindsOf(markdown).filter(kind => !['text', 'text_special'].includes(kind))).toEqual(kinds)
      }),
      { numRuns: 2000 },
    )
  })

  test('in the cell of a table leaves the table as it is', () => {
    const plain = kindsOf(tableOf('x'))
    assert(
      property(texts, text => {
        const markdown = tableOf(inertText(text, 10_000))
        expect(withoutBreaks(textOf(markdown))).toBe(`ab${shownAs(text)}z`)
        expect(kindsOf(markdown).filter(kind => kind !== 'text_special')).toEqual(plain)
        expect(tokensOf(markdown).filter(({ type }) => type === 'td_open')).toHaveLength(2)
      }),
      { numRuns: 2000 },
    )
  })

  test('makes no link, mention or emoji where a website looks for them after rendering', () => {
    assert(
      property(texts, text => {
        expect(textOf(paragraph(text, 10_000))).not.toMatch(LINKS)
      }),
      { numRuns: 2000 },
    )
  })

  test('is one line whatever it contains, and has no half characters', () => {
    expect(inertText('a\r\nb\n\n\n# c\u2028d\u0000\u001b[31m\ud800', 100)).toBe('a b # c d \\[31m\ufffd')
  })

  test('that is too long is cut between two characters, never through an escape', () => {
    // Each & takes five characters: &amp; – four of them fit into 22.
    expect(inertText('&'.repeat(9), 22)).toBe('&amp;&amp;&amp;&amp;…')
    expect(inertText('😀😀', 3)).toBe('😀…')
    expect(inertText('1234', 4)).toBe('1234')
    assert(
      property(texts, text => {
        expect(inertText(text, 20).length).toBeLessThanOrEqual(21)
      }),
      { numRuns: 500 },
    )
  })
})

const tableOf = (cell: string): string => `| a | b |\n| - | - |\n| ${cell} | z |`

describe('as code', () => {
  test('a span shows the text as it is, whatever backticks it has', () => {
    assert(
      property(texts, text => {
        const shown = tokensOf(`x ${codeSpan(text, 10_000)}`).filter(({ type }) => type === 'code_inline')
        expect(shown.map(({ content }) => content)).toEqual(shownAs(text) === '' ? [] : [shownAs(text)])
      }),
      { numRuns: 2000 },
    )
  })

  test('a block in a list shows the command as it is', () => {
    assert(
      property(texts, text => {
        const block = codeBlock(`plimsoll ${text}`).map(line => `   ${line}`)
        const fences = tokensOf(['1. x', ...block].join('\n')).filter(({ type }) => type === 'fence')
        expect(fences.map(({ content, info }) => ({ content, info }))).toEqual([
          { content: `${shownAs(`plimsoll ${text}`)}\n`, info: 'sh' },
        ])
      }),
      { numRuns: 1000 },
    )
  })

  test('a span that is too long ends in an ellipsis', () => {
    expect(codeSpan('12345', 4)).toBe('`1234…`')
    expect(codeSpan('123😀', 4)).toBe('`123…`')
  })
})
