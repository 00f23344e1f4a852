/**
 * An answer whose length says how long it took: the truth of the very request it answers. The length is what the
 * engine tells of every answer, so nothing has to listen in on the bytes.
 */

/** One byte of body for each 5 µs. */
const UNIT_US = 5
/** 100 ms; longer sojourns cannot be told and are no pairs. */
const LONGEST_UNITS = 20_000

const headOf = (length: number): string =>
  `HTTP/1.1 200 OK\r\nContent-Length: ${String(length).padStart(5, '0')}\r\n\r\n`

const HEAD_BYTES = headOf(0).length

const encoded: Buffer[] = []

/** Rounded down, so that the truth never exceeds what can be measured. */
export function answerFor(sojournUs: number): Buffer {
  const units = Math.min(LONGEST_UNITS, Math.max(0, Math.floor(sojournUs / UNIT_US)))
  return (encoded[units] ??= Buffer.from(headOf(units) + '.'.repeat(units), 'latin1'))
}

/** The truth in an answer of so many bytes, head included; undefined where it is too long to be told. */
export function sojournUsOf(bytes: number): number | undefined {
  const units = bytes - HEAD_BYTES
  return units >= 0 && units < LONGEST_UNITS ? units * UNIT_US : undefined
}
