import type { Word } from './message.ts'
import { packCounts, packTick } from './pack-counts.ts'

/** A word as it crosses to another thread, cheaply for both. */
export function packWord(word: Word): Word {
  if (word.word === 'windows') return { word: 'windows', windows: word.windows.map(packCounts) }
  return word.word === 'tick' ? { word: 'tick', tick: packTick(word.tick) } : word
}
