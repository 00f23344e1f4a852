import { formatNumber, formatShare } from '../../units/format.ts'
import type { Report } from '../report.ts'
import { shellWord } from './shell-word.ts'

/** What sizing takes where `--headroom` does not say. */
const DEFAULT_HEADROOM = 0.7

/** The same run again, with the flags that made it what it was. Each flag stands once: `flags` win over those of the run. */
export const runAgain = ({ run, sizing }: Report, ...flags: readonly string[]): readonly string[] => [
  'plimsoll',
  'run',
  shellWord(run.scenario.file ?? run.scenario.url ?? run.target),
  ...without([...(run.scenario.flags ?? []), ...sizingFlags(sizing)], flags).map(shellWord),
  ...flags,
]

/** A word that is no flag is the value of the one before it. */
function without(words: readonly string[], others: readonly string[]): readonly string[] {
  const isGivenAnew = (word = ''): boolean => word.startsWith('--') && others.includes(word)
  return words.filter((word, i) => !isGivenAnew(word.startsWith('--') ? word : words[i - 1]))
}

function sizingFlags({ peakRps, backendsNow, headroom }: Report['sizing']): readonly string[] {
  return [
    ...(peakRps === null ? [] : ['--peak', typed(`${formatNumber(peakRps, 12)}/s`)]),
    ...(backendsNow === 1 ? [] : ['--backends', String(backendsNow)]),
    ...(headroom === DEFAULT_HEADROOM ? [] : ['--headroom', typed(formatShare(headroom))]),
  ]
}

/** `1 200/s` as it is typed. */
const typed = (text: string): string => text.replaceAll(' ', '')
