import { isAlias, isMap, isScalar, isSeq } from 'yaml'
import type { Document, Node, Scalar as YamlScalar, YAMLMap } from 'yaml'
import type { Place, Problem } from '../units/problem.ts'
import type { Entry, Scalar, Tree } from './tree.ts'

interface Conversion {
  readonly document: Document
  readonly at: (offset: number) => Place
  readonly problems: Problem[]
  readonly done: Map<Node, Tree | undefined>
  /** The nodes around the one at hand; an anchor among them would contain itself. */
  readonly open: Set<Node>
}

/** The document's nodes as a tree: anchors resolved (and shared), `<<` merged, tags and odd keys refused. */
export function toTree(
  document: Document,
  at: (offset: number) => Place,
): { readonly root: Tree | undefined; readonly problems: readonly Problem[] } {
  const conversion: Conversion = { document, at, problems: [], done: new Map(), open: new Set() }
  const { contents } = document
  const root = contents === null ? blank(at(0)) : convert(conversion, contents)
  return { root, problems: conversion.problems }
}

const blank = (at: Place): Scalar => ({ kind: 'scalar', at, value: null, source: '' })

const placeOf = ({ at }: Conversion, node: Node): Place => at(node.range?.[0] ?? 0)

function refuse(conversion: Conversion, node: Node, fault: Omit<Problem, 'at'>): undefined {
  conversion.problems.push({ ...fault, at: placeOf(conversion, node) })
}

function convert(conversion: Conversion, node: Node): Tree | undefined {
  const { document, done, open } = conversion
  if (isAlias(node)) {
    const target = node.resolve(document)
    if (target !== undefined && !open.has(target)) return convert(conversion, target)
    const name = node.source
    const [message, fix] =
      target === undefined
        ? [`no anchor &${name} stands before *${name}`, `write &${name} before the value that it names`]
        : [`the anchor &${name} contains itself`, `write the value out instead of *${name}`]
    return refuse(conversion, node, { code: 'scenario/anchor', message, fix })
  }
  if (done.has(node)) return done.get(node)
  open.add(node)
  const tree = convertNew(conversion, node)
  open.delete(node)
  done.set(node, tree)
  return tree
}

function convertNew(conversion: Conversion, node: Node): Tree | undefined {
  const at = placeOf(conversion, node)
  if (isScalar(node) && isPlain(node.value))
    return { kind: 'scalar', at, value: node.value, source: sourceOf(node) }
  if (isMap(node) && node.tag !== 'tag:yaml.org,2002:set')
    return { kind: 'mapping', at, entries: convertEntries(conversion, node) }
  if (isSeq(node) && node.items.every(item => isScalar(item) || isMap(item) || isSeq(item) || isAlias(item)))
    return { kind: 'list', at, items: node.items.flatMap(item => convert(conversion, item) ?? []) }
  return refuse(conversion, node, {
    code: 'scenario/tag',
    message: `a scenario has no values of type ${node.tag ?? 'unknown'}`,
    fix: 'remove the tag (the word that starts with !)',
  })
}

function isPlain(value: unknown): value is Scalar['value'] {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

const sourceOf = ({ value, source }: YamlScalar): string =>
  typeof value === 'string' ? value : (source ?? String(value))

/** The mapping's own keys, in order, then what `<<` takes over from others. */
function convertEntries(conversion: Conversion, { items }: YAMLMap): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>()
  for (const { key, value } of items as { key: Node; value: Node | null }[]) {
    const keyAt = placeOf(conversion, key)
    const tree = value === null ? blank(keyAt) : convert(conversion, value)
    if (!isScalar(key) || !isPlain(key.value) || key.value === null) {
      const fix = 'write the key as a plain word, followed by a colon'
      refuse(conversion, key, { code: 'scenario/key', message: 'a key of a scenario is a text', fix })
    } else if (tree !== undefined) entries.set(sourceOf(key), { keyAt, value: tree })
  }
  const merged = entries.get('<<')
  if (merged !== undefined) mergeInto(entries, merged, conversion.problems)
  return entries
}

function mergeInto(entries: Map<string, Entry>, { keyAt, value }: Entry, problems: Problem[]): void {
  entries.delete('<<')
  const sources = value.kind === 'list' ? value.items : [value]
  for (const [key, entry] of sources.flatMap(source =>
    source.kind === 'mapping' ? [...source.entries] : [],
  ))
    if (!entries.has(key)) entries.set(key, entry)
  if (sources.some(source => source.kind !== 'mapping'))
    problems.push({
      code: 'scenario/merge',
      message: '<< takes over the keys of a mapping, and this is none',
      fix: 'write <<: *name, where &name stands before a mapping',
      at: keyAt,
    })
}
