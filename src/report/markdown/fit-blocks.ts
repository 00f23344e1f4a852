/** A part of the document: a text, or lines that may be cut from the end. */
export type Block = string | CutBlock

export interface CutBlock {
  /** The head of a table; empty for a list. */
  readonly lead: readonly string[]
  /** At least one. */
  readonly rows: readonly string[]
  readonly called: 'rows' | 'entries'
}

/** A comment on GitHub may have 65 536 characters; below it, a job may add some of its own. */
const COMMENT = 65_000

/**
 * The document, shorter than `limit` characters: as long as it is not, the longest table or list keeps half of its rows,
 * and says so. One row of each always stays.
 */
export function fitBlocks(blocks: readonly Block[], limit: number = COMMENT): string {
  const shown = blocks.map(block => (typeof block === 'string' ? 1 : block.rows.length))
  const texts = blocks.map((block, index) => layOut(block, shown[index]!))
  const lengthOf = (): number => texts.reduce((sum, text) => sum + text.length + SEPARATOR.length, 0)
  while (lengthOf() >= limit) {
    const longest = longestOf(texts, shown)
    if (longest === undefined) break
    shown[longest] = Math.ceil(shown[longest]! / 2)
    texts[longest] = layOut(blocks[longest]!, shown[longest])
  }
  return `${texts.join(SEPARATOR)}\n`
}

const SEPARATOR = '\n\n'

function longestOf(texts: readonly string[], shown: readonly number[]): number | undefined {
  const [longest] = texts
    .map((text, index) => ({ index, length: text.length }))
    .filter(({ index }) => shown[index]! > 1)
    .toSorted((a, b) => b.length - a.length)
  return longest?.index
}

function layOut(block: Block, shown: number): string {
  if (typeof block === 'string') return block
  const { lead, rows, called } = block
  const lines = [...lead, ...rows.slice(0, shown)]
  if (shown >= rows.length) return lines.join('\n')
  const cut = `The first ${shown} of ${rows.length} ${called}: this text has a limit; the report itself has all of them.`
  return `${lines.join('\n')}${SEPARATOR}*${cut}*`
}
