import { renderProgressLine, renderProgressPlain } from '../report/progress-line.ts'
import type { SearchRecord } from '../result/search-record.ts'
import type { Progress } from '../trial/progress.ts'
import type { Terminal } from './effects.ts'
import { createSearchStory } from './search-story.ts'
import type { Voice } from './voice.ts'

export interface ProgressDisplay {
  readonly update: (progress: Progress) => void
  /** A message in between, which stays. */
  readonly note: (text: string) => void
  /** Of a search, what its last step showed is told, too. */
  readonly end: (search?: SearchRecord) => void
}

const PLAIN_EVERY_SECONDS = 5
const ERASE_LINE = '\r\u001B[2K'

/**
 * On a terminal one line that is written over itself, elsewhere a line of log every five seconds. The decisions of a
 * search stay, each on lines of its own.
 */
export function showProgress(voice: Voice, { tell, tellColumns, isLive }: Terminal): ProgressDisplay {
  if (voice.isQuiet) return { update: () => undefined, note: () => undefined, end: () => undefined }
  const story = createSearchStory(tellColumns)
  if (isLive) {
    return {
      update: progress =>
        tell(`${ERASE_LINE}${story.next(progress)}${renderProgressLine(progress, tellColumns)}`),
      note: text => tell(`${ERASE_LINE}${text}`),
      end: search => tell(`${ERASE_LINE}${story.end(search)}`),
    }
  }
  let nextAt = PLAIN_EVERY_SECONDS
  return {
    update(progress) {
      tell(story.next(progress))
      if (progress.atSeconds < nextAt) return
      nextAt = progress.atSeconds + PLAIN_EVERY_SECONDS
      tell(`${renderProgressPlain(progress)}\n`)
    },
    note: tell,
    end: search => tell(story.end(search)),
  }
}
