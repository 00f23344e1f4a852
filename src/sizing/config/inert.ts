/** Control and format characters, line ends of every kind, halves of pairs, and what Unicode has not given a meaning. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]+/gu

/** HAProxy reads lines of 2048 bytes; these characters take up to four each. */
const MOST_CHARACTERS = 400

/** Text that stays inside a comment of any program, whatever is in it: one line, not too long, nothing that ends a comment. */
export function inert(text: string): string {
  const line = text
    .replaceAll(UNPRINTABLE, ' ')
    .replaceAll('*/', '* /')
    .replaceAll('/*', '/ *')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
  const characters = Array.from(line)
  return characters.length <= MOST_CHARACTERS ? line : `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…`
}
