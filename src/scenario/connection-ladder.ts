import { isNumber } from './field.ts'
import type { Fault, Field } from './field.ts'
import { describeTree } from './tree.ts'
import type { Tree } from './tree.ts'

const MOST_CONNECTIONS = 10_000
const MOST_RUNGS = 32

/** The rungs of `connections:`, from one connection up, each higher than the one before. */
export function parseLadder({ path, tree }: Field): readonly number[] | Fault {
  if (tree.kind === 'list') return parseRungs(path, tree.items)
  const range = tree.kind === 'scalar' ? /^(\d{1,5})\s*\.\.\s*(\d{1,5})$/.exec(tree.source) : null
  if (range === null) return isCount(tree) ? [tree.value] : countFault(path, tree)
  const [first, last] = [Number(range[1]), Number(range[2])]
  if (first >= 1 && first <= last && last <= MOST_CONNECTIONS) return doubling(first, last)
  const message = `${path} is ${describeTree(tree)}; a range rises, from 1 to ${MOST_CONNECTIONS} at most`
  return { code: 'scenario/connections', message, fix: 'write, for example, connections: 1..64' }
}

/** Doubles from `first` until `last`, which is always the end: 1, 2, 4, 5 for 1 to 5. */
export function doubling(first: number, last: number): readonly number[] {
  const rungs: number[] = []
  for (let rung = first; rung < last; rung *= 2) rungs.push(rung)
  return [...rungs, last]
}

function parseRungs(path: string, items: readonly Tree[]): readonly number[] | Fault {
  const odd = items.find(item => !isCount(item))
  if (odd !== undefined) return countFault(`a rung of ${path}`, odd)
  const rungs = items.filter(isCount).map(({ value }) => value)
  const rising = [...new Set(rungs)].sort((a, b) => a - b)
  if (rungs.length < 1 || rungs.length > MOST_RUNGS) {
    const message = `${path} has ${rungs.length} rungs; a ladder has from 1 to ${MOST_RUNGS}`
    return { code: 'scenario/connections', message, fix: 'write, for example, connections: 1..64' }
  }
  if (rungs.every((rung, i) => rung === rising[i])) return rungs
  const message = `${path} is [${rungs.join(', ')}]; a ladder rises from rung to rung`
  return { code: 'scenario/connections', message, fix: `write connections: [${rising.join(', ')}]` }
}

const isCount = (tree: Tree): tree is Tree & { value: number } =>
  isNumber(tree) && Number.isInteger(tree.value) && tree.value >= 1 && tree.value <= MOST_CONNECTIONS

function countFault(path: string, tree: Tree): Fault {
  const message = `${path} is ${describeTree(tree)}; it must be a whole number from 1 to ${MOST_CONNECTIONS}`
  const fix = 'write connections: 32, or a ladder: connections: [1, 2, 4, 8] or 1..64'
  return { code: 'scenario/connections', message, fix }
}
