import { cleanText } from '../view/clean-text.ts'

/** What ends a tag: readers of histogram logs split lines at commas and spaces. */
const ENDING = /[\s,]+/gu

/**
 * A tag for each stage, made of its name: without commas and spaces, and no two alike, so that every stage can be read
 * alone. The second stage of a name gets `-2` behind it.
 */
export function stageTags(names: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return names.map(name => {
    const plain = cleanText(name).trim().replaceAll(ENDING, '_') || 'stage'
    let tag = plain
    for (let n = 2; taken.has(tag); n += 1) tag = `${plain}-${n}`
    taken.add(tag)
    return tag
  })
}
