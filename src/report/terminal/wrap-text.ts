import { unbreakable } from '../unbreakable.ts'
import { splitAtWidth, textWidth } from './text-width.ts'

/** Lines of at most `width` columns, broken at spaces; a word that is longer is cut. */
export function wrapText(text: string, width: number): readonly string[] {
  const words = unbreakable(text).split(/ +/)
  return wrapWords(words, width, '').map(line => line.replaceAll('\u00a0', ' '))
}

/** A command over as many lines as it takes, each but the last ending in ` \`, so that it can be pasted. */
export function wrapCommand(words: readonly string[], width: number): readonly string[] {
  const whole = words.join(' ')
  return textWidth(whole) <= width ? [whole] : wrapWords(words, width, ' \\')
}

function wrapWords(words: readonly string[], width: number, continued: string): readonly string[] {
  const room = Math.max(8, width - continued.length)
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    if (line !== '' && textWidth(line) + 1 + textWidth(word) > room) {
      lines.push(line)
      line = ''
    }
    let rest = line === '' ? word : `${line} ${word}`
    while (textWidth(rest) > room) {
      const [head, tail] = splitAtWidth(rest, room)
      lines.push(head)
      rest = tail
    }
    line = rest
  }
  lines.push(line)
  return lines.map((text, index) => (index === lines.length - 1 ? text : text + continued))
}
