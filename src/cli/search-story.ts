import { wrapText } from '../report/terminal/wrap-text.ts'
import type { SearchRecord } from '../result/search-record.ts'
import type { Progress } from '../trial/progress.ts'

/** The decisions of a search as lines that stay, each told once. */
export interface SearchStory {
  /** What there is to tell of this second: what the last step showed, and why another has begun; mostly nothing. */
  next(progress: Progress): string
  /** What the last step showed, when all is over. */
  end(record: SearchRecord | undefined): string
}

/** Room for the time at which a step begins, with two spaces after it. */
const INDENT = 8

export function createSearchStory(columns: number): SearchStory {
  let told: number | undefined
  const room = Math.max(20, columns - 1 - INDENT)
  const paragraph = (head: string, text: string): string => {
    if (text === '') return ''
    const lines = wrapText(text, room)
    return lines.map((line, i) => `${(i === 0 ? head : '').padStart(INDENT - 2)}  ${line}\n`).join('')
  }
  return {
    next({ search, atSeconds }) {
      if (search === undefined || search.step === told) return ''
      const found = told === undefined ? '' : paragraph('→', search.found)
      told = search.step
      // It began with the second that has just passed.
      return found + paragraph(`${Math.max(0, Math.round(atSeconds - 1))} s`, search.because)
    },
    end: record => (told === undefined ? '' : paragraph('→', record?.steps[told]?.found ?? '')),
  }
}
