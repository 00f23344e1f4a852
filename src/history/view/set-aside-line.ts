import { countOf, listOf } from '../../report/view/sentence.ts'
import type { Store } from '../history.ts'
import type { SetAsideReason } from '../read-report.ts'

const WORDS: Readonly<Record<SetAsideReason, readonly [one: string, many: string]>> = {
  journal: ['journal of a run that was cut off', 'journals of runs that were cut off'],
  'other-schema': ['report of another schema', 'reports of another schema'],
  'no-report': ['JSON file that is no report', 'JSON files that are no reports'],
  damaged: ['damaged report', 'damaged reports'],
  unreadable: ['file that cannot be read', 'files that cannot be read'],
}
const ORDER = Object.keys(WORDS) as SetAsideReason[]
const MOST_NAMED = 3

/** What was not read, counted and named in one line; null where nothing was. */
export function setAsideLine({ setAside, isWhole }: Pick<Store, 'setAside' | 'isWhole'>): string | null {
  const parts = ORDER.flatMap(reason => {
    const files = setAside.filter(({ is }) => is === reason).map(({ file }) => file)
    if (files.length === 0) return []
    const more = files.length - MOST_NAMED
    const named = [...files.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} more`] : [])]
    return [`${countOf(files.length, ...WORDS[reason])} (${named.join(', ')})`]
  })
  const line = parts.length === 0 ? [] : [`Set aside: ${listOf(parts)}.`]
  const bound = isWhole ? [] : ['The folder holds more files than are looked at; name a smaller one.']
  return [...line, ...bound].join(' ') || null
}
