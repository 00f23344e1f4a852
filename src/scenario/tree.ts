import type { Place } from '../units/problem.ts'

/**
 * A value of the scenario file with its place. Anchors and merges are already resolved, so two trees may share
 * a part; nothing changes a tree in place. All that the readers see of YAML.
 */
export type Tree = Scalar | List | Mapping

export interface Scalar {
  readonly kind: 'scalar'
  readonly at: Place
  readonly value: string | number | boolean | null
  /** As written, without quotes: `1.0` stays `1.0`. */
  readonly source: string
}

export interface List {
  readonly kind: 'list'
  readonly at: Place
  readonly items: readonly Tree[]
}

export interface Mapping {
  readonly kind: 'mapping'
  readonly at: Place
  readonly entries: ReadonlyMap<string, Entry>
}

export interface Entry {
  readonly keyAt: Place
  readonly value: Tree
}

/** What the tree is, in the words of a message: `200`, `"fast"`, `a list`, `empty`. */
export function describeTree(tree: Tree): string {
  if (tree.kind === 'list') return 'a list'
  if (tree.kind === 'mapping') return 'a mapping'
  if (tree.value === null) return 'empty'
  return typeof tree.value === 'string' ? JSON.stringify(tree.value) : tree.source
}

/** Values in the tree, a shared part counted at each use, and levels of nesting. */
export function weigh(tree: Tree, known: Map<Tree, Weight> = new Map()): Weight {
  const before = known.get(tree)
  if (before !== undefined) return before
  let values = 1
  let depth = 0
  for (const part of partsOf(tree)) {
    const weight = weigh(part, known)
    values += weight.values
    depth = Math.max(depth, weight.depth)
  }
  const weight = { values, depth: depth + 1 }
  known.set(tree, weight)
  return weight
}

interface Weight {
  readonly values: number
  readonly depth: number
}

function partsOf(tree: Tree): readonly Tree[] {
  if (tree.kind === 'mapping') return [...tree.entries.values()].map(entry => entry.value)
  return tree.kind === 'list' ? tree.items : []
}

/** The value as JSON. A number keeps its digits, so that a long identifier is not rounded to a double. */
export function toJson(tree: Tree): string {
  if (tree.kind === 'list') return `[${tree.items.map(toJson).join(',')}]`
  if (tree.kind === 'mapping') {
    const members = [...tree.entries].map(([key, { value }]) => `${JSON.stringify(key)}:${toJson(value)}`)
    return `{${members.join(',')}}`
  }
  const asWritten = typeof tree.value === 'number' && JSON_NUMBER.test(tree.source)
  return asWritten ? tree.source : JSON.stringify(tree.value)
}

/** RFC 8259, section 6. */
const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/
