import { logMinute } from './log-minute.ts'

/** The minute in which most requests were logged, over all lines that were given. */
export interface BusiestMinute {
  readonly requests: number
  /** Its begin, ISO 8601 in UTC, to the minute. */
  readonly at: string
  /** Lines that were understood. */
  readonly lines: number
  /** Lines that were not. */
  readonly badLines: number
}

/** Two years of minutes: what a log may span before its minutes fill the memory. */
const MOST_MINUTES = 2 * 366 * 24 * 60

export type BusiestMinuteResult =
  | { readonly ok: true; readonly value: BusiestMinute }
  | { readonly ok: false; readonly because: 'no-lines' | 'too-many-minutes'; readonly badLines: number }

/**
 * Counts by minute, whatever the order of the lines: the logs of several servers may be given one after the other. One number for each
 * minute is kept, none for a line. Of equal minutes the first counts.
 */
export function busiestMinute(
  logs: Iterable<Iterable<string>>,
  mostMinutes: number = MOST_MINUTES,
): BusiestMinuteResult {
  const counts = new Map<number, number>()
  let [lines, badLines] = [0, 0]
  for (const log of logs) {
    for (const line of log) {
      if (line === '') continue
      const minute = logMinute(line)
      if (minute === undefined) {
        badLines += 1
        continue
      }
      lines += 1
      counts.set(minute, (counts.get(minute) ?? 0) + 1)
      if (counts.size > mostMinutes) return { ok: false, because: 'too-many-minutes', badLines }
    }
  }
  let busiest: readonly [minute: number, requests: number] | undefined
  for (const entry of counts) {
    const [minute, requests] = entry
    const [at, most] = busiest ?? [Infinity, 0]
    if (requests > most || (requests === most && minute < at)) busiest = entry
  }
  if (busiest === undefined) return { ok: false, because: 'no-lines', badLines }
  const [minute, requests] = busiest
  const at = new Date(minute * 60_000).toISOString().replace(/:00\.000Z$/, 'Z')
  return { ok: true, value: { requests, at, lines, badLines } }
}
