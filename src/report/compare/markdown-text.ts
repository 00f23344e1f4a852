import { unbreakable } from '../unbreakable.ts'

/**
 * A text that CommonMark and GitHub show as it is, inside a paragraph, a list or a table's cell: no markup, no HTML, no link, no
 * mention of a person or an issue, no emoji. Any punctuation mark may be escaped by a backslash (CommonMark 0.31, 2.4); what GitHub
 * looks for besides (`@`, `#`, `://`, `www.`, `:name:`) becomes a character reference.
 */
export const markdownText = (text: string): string =>
  unbreakable(text)
    .replaceAll(/[\\`*_{}[\]()!|~$<>&"'+@#-]|:(?=\/\/|[\w+-]+:)|(?<=\bwww)\./gi, escaped)
    .replaceAll(/^(\d+)\.(?=\s|$)/g, (_, digits: string) => `${digits}\\.`)

const REFERENCES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '@': '&#64;',
  '#': '&#35;',
  ':': '&#58;',
  '.': '&#46;',
}

const escaped = (mark: string): string => REFERENCES[mark] ?? `\\${mark}`
