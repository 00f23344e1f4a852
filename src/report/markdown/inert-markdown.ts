import { cleanText } from '../view/clean-text.ts'

/** A zero-width space, as a reference: what it stands in is no longer what a website would turn into a link. */
const BREAK = '&#8203;'

/** Characters with a meaning in CommonMark, GFM or HTML; a dollar sign begins a formula on GitHub and GitLab. */
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '|': '&#124;',
  $: '&#36;',
  '\\': '\\\\',
  '`': '\\`',
  '*': '\\*',
  _: '\\_',
  '[': '\\[',
  ']': '\\]',
  '~': '\\~',
}

/**
 * Where GitHub and GitLab make links and emoji of a *rendered* text, so that an escape does not hold them off: behind the
 * sign of a mention (`@name`), an issue (`#1`), a merge request (`!1`) and the like, in `://`, behind `www`, in `GH-1`,
 * and in `:name:`. Renovate breaks mentions and issue numbers in the same way.
 */
const LINKING = /[@#!%$&~](?=[\p{L}\p{N}_"])|:(?=\/\/)|\bwww(?=\.)|\bGH-(?=\d)|:(?=[\w+-]*[a-z+][\w+-]*:)/giu

/** One line of well-formed text: line feeds and other controls are spaces, a half of a pair is U+FFFD. */
const oneLine = (text: string): string =>
  cleanText(text)
    .replaceAll(/\p{Surrogate}/gu, '\ufffd')
    .replaceAll(/\s+/g, match => (match === '\u00a0' ? match : ' '))
    .trim()

/**
 * A text of any origin as inline Markdown that shows exactly it: no element, no link, no mention. It must not begin a
 * line; `paragraph` is for that. What would take more than `most` characters is cut, with an ellipsis.
 */
export function inertText(text: string, most: number): string {
  const parts: string[] = []
  let length = 0
  for (const part of partsOf(oneLine(text))) {
    length += part.length
    if (length > most) return `${parts.join('')}…`
    parts.push(part)
  }
  return parts.join('')
}

/** Escaped character by character, so that a cut never goes through an escape. */
function* partsOf(text: string): Generator<string> {
  let from = 0
  for (const match of text.matchAll(LINKING)) {
    const to = match.index + match[0].length
    yield* escaped(text.slice(from, to))
    yield BREAK
    from = to
  }
  yield* escaped(text.slice(from))
}

function* escaped(text: string): Generator<string> {
  for (const character of text) yield ESCAPES[character] ?? character
}

/** The same at the start of a line, where a number or a sign would begin a list, a heading or a command of GitLab. */
export const paragraph = (text: string, most: number): string =>
  inertText(text, most)
    .replace(/^(\d+)(?=[.)])/, `$1${BREAK}`)
    .replace(/^(?=[-+=#/:!])/, BREAK)

/** A text as code: nothing in it has a meaning, and it can be copied as it is. Not for tables, where a pipe would. */
export function codeSpan(text: string, most: number): string {
  const line = oneLine(text)
  const shown = line.length > most ? `${line.slice(0, most).replace(/\p{Surrogate}$/u, '')}…` : line
  if (shown === '') return ''
  const fence = fenceAround(shown, 1)
  const pad = /^`|`$/.test(shown) ? ' ' : ''
  return `${fence}${pad}${shown}${pad}${fence}`
}

/** A command in a block of its own. */
export function codeBlock(line: string): readonly string[] {
  const text = oneLine(line)
  const fence = fenceAround(text, 3)
  return [`${fence}sh`, text, fence]
}

/** More backticks than ever stand together in the text. */
function fenceAround(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  return '`'.repeat(Math.max(least, longest + 1))
}
