import { renderProgressLine, renderProgressPlain } from '../report/progress-line.ts'
import type { Progress } from '../trial/progress.ts'
import type { Terminal } from './effects.ts'
import type { Voice } from './voice.ts'

export interface ProgressDisplay {
  readonly update: (progress: Progress) => void
  /** A message in between, which stays. */
  readonly note: (text: string) => void
  readonly end: () => void
}

const PLAIN_EVERY_SECONDS = 5
const ERASE_LINE = '\r\u001B[2K'

/** On a terminal one line that is written over itself, elsewhere a line of log every five seconds. */
export function showProgress(voice: Voice, { tell, tellColumns, isLive }: Terminal): ProgressDisplay {
  if (voice.isQuiet) return { update: () => undefined, note: () => undefined, end: () => undefined }
  if (isLive) {
    return {
      update: progress => tell(`${ERASE_LINE}${renderProgressLine(progress, tellColumns)}`),
      note: text => tell(`${ERASE_LINE}${text}`),
      end: () => tell(ERASE_LINE),
    }
  }
  let nextAt = PLAIN_EVERY_SECONDS
  return {
    update(progress) {
      if (progress.atSeconds < nextAt) return
      nextAt = progress.atSeconds + PLAIN_EVERY_SECONDS
      tell(`${renderProgressPlain(progress)}\n`)
    },
    note: tell,
    end: () => undefined,
  }
}
