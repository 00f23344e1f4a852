import type { Place, Problem } from '../units/problem.ts'
import { nearestFix } from '../units/nearest.ts'
import { describeTree } from './tree.ts'
import type { Mapping, Scalar, Tree } from './tree.ts'

/** A problem without its place. */
export type Fault = Omit<Problem, 'at'>

/** Takes note of a problem. Readers return what it returns, so that `return report(…)` means "no value". */
export type Report = (fault: Fault, at: Place) => undefined

/** A value of the scenario and what it is called there, e.g. `rate` and `stages.0.rate`. */
export interface Field {
  readonly key: string
  readonly path: string
  readonly tree: Tree
}

export type Fields = ReadonlyMap<string, Field>

/** The fields of a mapping. A key that is not in `known` is a problem that names the nearest one that is. */
export function readMapping(field: Field, known: readonly string[], report: Report): Fields | undefined {
  const mapping = expectMapping(field, report)
  if (mapping === undefined) return undefined
  const fields = new Map<string, Field>()
  for (const [key, { keyAt, value }] of mapping.entries) {
    if (known.includes(key)) fields.set(key, { key, path: pathOf(field, key), tree: value })
    else {
      const message = `${field.path === '' ? `a ${field.key}` : field.path} has no key ${JSON.stringify(key)}`
      report(
        { code: 'scenario/unknown-key', message, fix: nearestFix(key, known, 'the keys here are') },
        keyAt,
      )
    }
  }
  return fields
}

export const pathOf = ({ path }: Field, key: string): string => (path === '' ? key : `${path}.${key}`)

export function expectMapping({ key, path, tree }: Field, report: Report): Mapping | undefined {
  if (tree.kind === 'mapping') return tree
  const message = `${path === '' ? `the ${key}` : path} is ${describeTree(tree)}; it must be a mapping`
  const fix = mappingExample(key)
  return report({ code: 'scenario/not-a-mapping', message, fix }, tree.at)
}

const mappingExample = (key: string): string => {
  if (key === 'scenario') return 'write keys and values, e.g. target: http://127.0.0.1:8080'
  if (key === 'policy') return 'write keys and values, e.g. strict: true'
  if (key === 'margins') return 'write, for example, margins: { knee: 5% }'
  if (key === 'headers') return 'write, for example, headers: { accept: text/html }'
  if (key === 'tls') return 'write, for example, tls: { ca: ca.pem }'
  if (key === 'search') return 'write, for example, search: { from: 20/s, to: 5000/s }'
  return key === 'stage' ? 'write - { rate: 200/s, for: 30s }' : 'write - { name: home, get: / }'
}

/** The items of a list of at least one. `item` is what one of them is called, and `example` how to write it. */
export function readList(
  { path, tree }: Field,
  item: string,
  example: string,
  report: Report,
): readonly Field[] | undefined {
  if (tree.kind === 'list' && tree.items.length > 0)
    return tree.items.map((part, i) => ({ key: item, path: `${path}.${i}`, tree: part }))
  const what = tree.kind === 'list' ? 'an empty list' : describeTree(tree)
  const message = `${path} is ${what}; it must be a list of at least one ${item}`
  return report(
    { code: 'scenario/not-a-list', message, fix: `write, on a line of its own, - ${example}` },
    tree.at,
  )
}

/** A number or `true` counts as the text that was written. */
export function readText({ key, path, tree }: Field, report: Report): string | undefined {
  if (tree.kind === 'scalar' && tree.value !== null) return tree.source
  const message = `${path} is ${describeTree(tree)}; it must be a text`
  return report(
    { code: 'scenario/not-a-text', message, fix: `write a text after ${key}:, or remove it` },
    tree.at,
  )
}

/** A name: one line, no space at its ends, at most 100 characters. */
export function readName(field: Field, report: Report): string | undefined {
  const name = readText(field, report)
  if (name === undefined || (/^\S(?:.*\S)?$/.test(name) && !CONTROL.test(name) && name.length <= 100))
    return name
  const message = `${field.path} is ${JSON.stringify(name.slice(0, 100))}; it must be one line of 1 to 100 characters`
  const fix = 'write a short name without spaces around it'
  return report({ code: 'scenario/name', message, fix }, field.tree.at)
}

/** Characters that no name, path or header may hold: C0, DEL, C1. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/

export function readBoolean({ key, path, tree }: Field, report: Report): boolean | undefined {
  if (tree.kind === 'scalar' && typeof tree.value === 'boolean') return tree.value
  const message = `${path} is ${describeTree(tree)}; it must be true or false`
  return report({ code: 'scenario/not-a-choice', message, fix: `write ${key}: true, or remove it` }, tree.at)
}

export function readChoice<Name extends string>(
  { key, path, tree }: Field,
  names: readonly Name[],
  report: Report,
): Name | undefined {
  const name = names.find(choice => tree.kind === 'scalar' && tree.value === choice)
  if (name !== undefined) return name
  const message = `${path} is ${describeTree(tree)}; it must be ${names.join(' or ')}`
  const near = nearestFix(tree.kind === 'scalar' ? tree.source : '', names, 'write one of')
  const fix = near.replace(/^write (?!one of)/, `write ${key}: `)
  return report({ code: 'scenario/not-a-choice', message, fix }, tree.at)
}

export function readOptional<Value>(
  field: Field | undefined,
  reader: (field: Field, report: Report) => Value | undefined,
  report: Report,
): Value | undefined {
  return field && reader(field, report)
}

export const isNumber = (tree: Tree): tree is Scalar & { value: number } =>
  tree.kind === 'scalar' && typeof tree.value === 'number'
