const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u
const ZERO = /[\p{Mn}\p{Me}\p{Cf}]/u

/** Columns that a text without escape codes takes on a terminal (Unicode UAX #11, wide characters take two). */
export function textWidth(text: string): number {
  let width = 0
  for (const character of text) width += ZERO.test(character) ? 0 : WIDE.test(character) ? 2 : 1
  return width
}

/** The part of a text that fits, and what is left of it. */
export function splitAtWidth(text: string, width: number): readonly [head: string, tail: string] {
  let taken = 0
  let end = 0
  for (const character of text) {
    taken += textWidth(character)
    if (taken > width) break
    end += character.length
  }
  return [text.slice(0, end), text.slice(end)]
}

/** At most `width` columns, with `…` where something was cut off. */
export function truncate(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  return width < 1 ? '' : `${splitAtWidth(text, width - 1)[0]}…`
}

export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - textWidth(text)))
