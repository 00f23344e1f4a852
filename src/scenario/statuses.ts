import type { Field, Report } from './field.ts'
import { describeTree } from './tree.ts'
import type { Tree } from './tree.ts'

/** Final statuses (RFC 9110, section 15); 1xx answers are followed by another. */
const LEAST = 200
const MOST = 599

/** `200`, `2xx`, `200-204`, or a list of such, as the statuses they stand for, ascending, each once. */
export function readStatuses({ path, tree }: Field, report: Report): readonly number[] {
  const statuses = new Set<number>()
  const items = tree.kind === 'list' ? tree.items : [tree]
  for (const item of items) {
    const range = rangeOf(item)
    for (let status = range?.[0] ?? 1; status <= (range?.[1] ?? 0); status += 1) statuses.add(status)
    if (range !== undefined) continue
    const message = `${path} has ${describeTree(item)}; a status is a number from ${LEAST} to ${MOST}`
    report(
      { code: 'scenario/status', message, fix: 'write 200, 2xx, 200-204 or a list: [200, 404]' },
      item.at,
    )
  }
  if (items.length === 0) {
    const message = `${path} is an empty list; without expect, every status from 200 to 399 is good`
    report({ code: 'scenario/status', message, fix: 'remove expect, or write expect: 200' }, tree.at)
  }
  return [...statuses].sort((a, b) => a - b)
}

function rangeOf(tree: Tree): readonly [number, number] | undefined {
  const text = tree.kind === 'scalar' ? tree.source : ''
  const hundreds = /^([2-5])xx$/i.exec(text)
  if (hundreds !== null) return [Number(hundreds[1]) * 100, Number(hundreds[1]) * 100 + 99]
  const ends = /^(\d{3})(?:\s*-\s*(\d{3}))?$/.exec(text)
  if (ends === null) return undefined
  const [from, to] = [Number(ends[1]), Number(ends[2] ?? ends[1])]
  return from >= LEAST && to <= MOST && from <= to ? [from, to] : undefined
}
