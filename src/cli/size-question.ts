import { countOf } from '../report/view/sentence.ts'
import type { SizingQuestion } from '../sizing/sizing-question.ts'
import { formatNumber, formatRate } from '../units/format.ts'
import type { Problem } from '../units/problem.ts'
import { busiestMinute } from './access-log/busiest-minute.ts'
import type { Effects } from './effects.ts'
import { wholeNumber } from './given-words.ts'
import type { GivenWords } from './given-words.ts'
import { PEAK, readSizeFlags } from './size-flags.ts'

/** The question in words; undefined where the peak is not known. What is wrong stands in `words.problems`. */
export function readSizeQuestion(words: GivenWords, effects: Effects): SizingQuestion | undefined {
  const rest = readSizeFlags(words)
  const peak = readPeak(words, effects)
  return peak && { ...rest, peak }
}

function readPeak(words: GivenWords, effects: Effects): SizingQuestion['peak'] | undefined {
  const logs = words.texts('peak-from')
  const given = words.parsed('peak', PEAK)
  const isGiven = words.texts('peak').length > 0
  if (isGiven && logs.length > 0) words.problems.push(TWO_PEAKS)
  // An empty value has its own problem.
  if (!isGiven && logs.length === 0 && !words.problems.some(({ at }) => at.file.startsWith('--peak')))
    words.problems.push(NO_PEAK)
  return logs.length > 0 && !isGiven ? readLogs(logs, words, effects) : given
}

/** The busiest minute of all logs together, as a mean rate. */
function readLogs(
  paths: readonly string[],
  words: GivenWords,
  { files, terminal }: Effects,
): SizingQuestion['peak'] | undefined {
  const unreadable: Problem[] = []
  const read = function* (): Generator<Iterable<string>> {
    for (const path of paths) yield linesOrNothing(path, files, unreadable)
  }
  const found = busiestMinute(read())
  words.problems.push(...unreadable)
  if (unreadable.length > 0) return undefined
  if (!found.ok) {
    words.problems.push(found.because === 'no-lines' ? noLines(paths, found.badLines) : tooLong(paths))
    return undefined
  }
  const { requests, at, lines, badLines } = found.value
  const rate = requests / 60
  const bad =
    badLines === 0
      ? ''
      : `; left out: ${countOf(badLines, 'line that is no log line', 'lines that are no log lines')}`
  terminal.tell(
    `peak ${formatRate(rate)}: ${formatNumber(requests, 12)} requests in the minute from ${at}, the busiest of ${formatNumber(lines, 12)} lines${bad}\n`,
  )
  return { low: rate, high: rate }
}

function* linesOrNothing(path: string, files: Effects['files'], problems: Problem[]): Generator<string> {
  try {
    yield* files.lines(path)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'there is no such file' : `the file cannot be read: ${message}`
    const fix = 'name an access log in Common or Combined Log Format'
    problems.push({ code: 'size/unreadable-log', message: why, fix, at: { file: path } })
  }
}

/** One number for all reports, or one for each, in their order. */
export function readBackends(words: GivenWords, reports: number): readonly number[] | undefined {
  const counts = words.parsed('backends', {
    parse(text) {
      const each = text.split(',').map(part => BACKENDS.parse(part.trim()))
      return each.every(count => count !== undefined) ? each : undefined
    },
    expected: 'whole numbers from 1 up, one for each report',
    example: '1,2,4',
  })
  if (counts === undefined) return undefined
  if (counts.length === 1) return Array.from({ length: reports }, () => counts[0]!)
  if (counts.length === reports) return counts
  words.problems.push({
    code: 'size/backends-of-each',
    message: `--backends names ${counts.length} numbers, and there ${reports === 1 ? 'is 1 report' : `are ${reports} reports`}`,
    fix: 'give one number for all reports, or one for each, in their order',
    at: { file: '--backends' },
  })
  return undefined
}

const BACKENDS = wholeNumber(1, 1_000_000, '4')

const NO_PEAK: Problem = {
  code: 'size/no-peak',
  message: 'there is no peak to size for',
  fix: 'write, for example, --peak 5000/s, or --peak-from access.log',
  at: { file: '--peak' },
}

const TWO_PEAKS: Problem = {
  code: 'size/two-peaks',
  message: '--peak and --peak-from each give a peak',
  fix: 'give one of them',
  at: { file: '--peak-from' },
}

const noLines = (paths: readonly string[], badLines: number): Problem => ({
  code: 'size/no-log-lines',
  message:
    badLines === 0
      ? 'the access log is empty'
      : `none of ${formatNumber(badLines, 12)} lines is in Common or Combined Log Format`,
  fix: 'give a log with lines such as 192.0.2.1 - - [10/Oct/2026:13:55:36 +0000] "GET / HTTP/1.1" 200 512',
  at: { file: paths.join(', ') },
})

const tooLong = (paths: readonly string[]): Problem => ({
  code: 'size/log-too-long',
  message: 'the lines span more than two years of busy minutes',
  fix: 'give the part of the log in which the peak lies',
  at: { file: paths.join(', ') },
})
