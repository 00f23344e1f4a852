import { formatDuration, formatNumber, formatRate, formatShare } from '../units/format.ts'
import { milliseconds } from '../units/quantity.ts'
import { cleanText } from './view/clean-text.ts'
import { wordSeconds } from './view/word-seconds.ts'
import { padEnd, textWidth, truncate } from './terminal/text-width.ts'

/** What a trial tells about itself while it runs, by the clock; rates in 1/s, shares 0 to 1. */
export interface ProgressFigures {
  readonly atSeconds: number
  readonly secondsLeft: number
  readonly stage: string
  readonly warmup: boolean
  /** In a closed model, where nothing is offered and nothing timed: its stages are named after them. */
  readonly connections?: number
  readonly offeredRps: number
  readonly goodRps: number
  /** Null when no request ended in this second. */
  readonly errorShare: number | null
  readonly p99Ms: number | null
  readonly inFlight: number
  /** Everything was sent; late answers are awaited. */
  readonly draining: boolean
}

interface Field {
  readonly text: string
  /** So that the line does not jump from second to second. */
  readonly width: number
  /** Kept longest: 0. */
  readonly rank: number
}

/**
 * One line that is written over itself once a second. Where the terminal is too narrow, the least important figures
 * go first. Leaves the last column free: some terminals wrap when it is written.
 */
export function renderProgressLine(progress: ProgressFigures, columns: number): string {
  const room = Math.max(0, columns - 1)
  const all = fieldsOf(progress)
  let most = Math.max(...all.map(field => field.rank))
  const line = (): string =>
    all
      .filter(field => field.rank <= most)
      .map(({ text, width }) => padEnd(text, width))
      .join('  ')
      .trimEnd()
  while (most > 0 && textWidth(line()) > room) most -= 1
  return truncate(line(), room)
}

/** The same as a line of a log, for where there is no terminal. */
export function renderProgressPlain(progress: ProgressFigures): string {
  const figures = fieldsOf(progress).map(({ text }) => text)
  return `${figures[0]}: ${figures.slice(1).join(', ')}`
}

function fieldsOf(progress: ProgressFigures): readonly Field[] {
  const { atSeconds, secondsLeft, offeredRps, goodRps, errorShare, inFlight } = progress
  const isOpen = progress.connections === undefined
  const errors = errorShare === null ? '–' : formatShare(errorShare)
  const fields: readonly (Field | false)[] = [
    { text: stageOf(progress), width: 10, rank: 0 },
    { text: wordSeconds(Math.round(atSeconds)), width: 5, rank: 6 },
    isOpen && { text: `offered ${formatRate(offeredRps)}`, width: 15, rank: 3 },
    { text: `good ${formatRate(goodRps)}`, width: 12, rank: 1 },
    isOpen && { text: `p99 ${wordP99(progress)}`, width: 11, rank: 4 },
    { text: `errors ${errors}`, width: 13, rank: 2 },
    isOpen && { text: `in flight ${formatNumber(inFlight, 12)}`, width: 14, rank: 7 },
    { text: `${wordSeconds(Math.max(0, Math.round(secondsLeft)))} left`, width: 0, rank: 5 },
  ]
  return fields.filter(field => field !== false)
}

const wordP99 = ({ p99Ms }: ProgressFigures): string =>
  p99Ms === null ? '–' : formatDuration(milliseconds(p99Ms))

function stageOf({ stage, warmup, draining }: ProgressFigures): string {
  if (draining) return 'waiting for late answers'
  const name = truncate(cleanText(stage), 24)
  return warmup && name !== 'warm-up' ? `${name} (warm-up)` : name
}
