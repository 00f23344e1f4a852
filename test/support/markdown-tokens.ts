import markdownit from 'markdown-it'
import type { Token } from 'markdown-it'

/** As GitHub reads it: HTML counts, tables exist, and addresses with a scheme become links. */
const reader = markdownit({ html: true, linkify: true })
reader.linkify.set({ fuzzyLink: false, fuzzyIP: false, fuzzyEmail: true })

/** All tokens of a Markdown text, inline ones as well, in the order of the text. */
export const tokensOf = (markdown: string): readonly Token[] =>
  reader.parse(markdown, {}).flatMap(token => [token, ...(token.children ?? [])])

/** What a reader sees of it, cells and lines one after the other. */
export const textOf = (markdown: string): string =>
  tokensOf(markdown)
    .filter(({ type }) => ['text', 'text_special', 'code_inline', 'fence'].includes(type))
    .map(({ content }) => content)
    .join('')

/** The kinds of tokens that occur in it. */
export const kindsOf = (markdown: string): readonly string[] =>
  [...new Set(tokensOf(markdown).map(({ type }) => type))].toSorted()
