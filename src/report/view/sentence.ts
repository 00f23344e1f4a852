import { formatNumber } from '../../units/format.ts'

/**
 * First letter large, full stop at the end: reasons come as half sentences and as whole ones. A first word that is a
 * name of ours (`p99`, `nginx.conf`) stays as it is.
 */
export function sentence(text: string): string {
  const closed = closedSentence(text)
  const [first = ''] = closed
  return /^\p{L}+(?=[\s,;]|\.$)/u.test(closed)
    ? `${first.toUpperCase()}${closed.slice(first.length)}`
    : closed
}

/** The same behind a colon. */
export function closedSentence(text: string): string {
  const trimmed = text.trim()
  return trimmed === '' || /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`
}

/** `a`, `a and b`, `a, b and c`. */
export function listOf(items: readonly string[], last = 'and'): string {
  if (items.length < 2) return items[0] ?? ''
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`
}

/** `1 window`, `3 windows`. */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${formatNumber(count, 12)} ${count === 1 ? one : many}`
