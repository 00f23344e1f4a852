import type { Place, Problem } from '../units/problem.ts'
import { openDocument } from './document.ts'
import type { Fault } from './field.ts'
import { nearest } from '../units/nearest.ts'
import { describeTree } from './tree.ts'
import type { Entry, Tree } from './tree.ts'

export const SET_PLACE: Place = { file: '--set' }

type Changed = { readonly tree: Tree } | { readonly fault: Fault }

/**
 * Carries out `--set stages.0.rate=100/s` on the document, before it is read. The path names keys, and items of a
 * list by index or `name`; the value is YAML. The last key may be new, everything before it must be there.
 */
export function applySet(
  root: Tree,
  setting: string,
): { readonly root: Tree } | { readonly problems: readonly Problem[] } {
  const equals = setting.indexOf('=')
  const path = setting.slice(0, Math.max(0, equals)).trim()
  if (path === '') {
    const message = `--set ${setting} has no path, or no = after it`
    return refuse({
      code: 'scenario/set-syntax',
      message,
      fix: 'write, for example, --set stages.0.rate=100/s',
    })
  }
  const value = openDocument(setting.slice(equals + 1), () => SET_PLACE)
  if (value.root === undefined || value.problems.length > 0) {
    const message = `the value of --set ${setting} cannot be read: ${value.problems[0]?.message ?? 'it is empty'}`
    return refuse({
      code: 'scenario/set-syntax',
      message,
      fix: 'write one YAML value after =, in quotes if need be',
    })
  }
  const changed = replaceAt(root, path, '', value.root)
  if ('tree' in changed) return { root: changed.tree }
  const { code, message, fix } = changed.fault
  return refuse({ code, message: `--set ${setting}: ${message}`, fix })
}

const refuse = (fault: Fault): { readonly problems: readonly Problem[] } => ({
  problems: [{ ...fault, at: SET_PLACE }],
})

function replaceAt(tree: Tree, path: string, done: string, value: Tree): Changed {
  const parts = partsOf(tree)
  const here = done === '' ? 'the scenario' : done
  if (parts === undefined) {
    const message = `${here} is ${describeTree(tree)} and has nothing inside`
    return { fault: { code: 'scenario/set-path', message, fix: `write --set ${done}=…` } }
  }
  const { step, rest } = firstStep(path, [...parts.keys()])
  const isLast = rest === undefined
  const part = parts.get(step) ?? (tree.kind === 'mapping' ? newPart(step, isLast) : undefined)
  if (part === undefined) return { fault: noSuchStep(step, here, tree) }
  if (isLast) return { tree: withPart(tree, part.position, step, value) }
  const changed = replaceAt(part.tree, rest, done === '' ? step : `${done}.${step}`, value)
  return 'fault' in changed ? changed : { tree: withPart(tree, part.position, step, changed.tree) }
}

interface Part {
  readonly tree: Tree
  readonly position: number
}

/** What can be named inside the tree; an item of a list by its index and by its name. */
function partsOf(tree: Tree): ReadonlyMap<string, Part> | undefined {
  if (tree.kind === 'scalar') return undefined
  if (tree.kind === 'mapping')
    return new Map([...tree.entries].map(([key, entry], position) => [key, { tree: entry.value, position }]))
  const parts = new Map(tree.items.map((item, position) => [String(position), { tree: item, position }]))
  for (const [position, name] of namesOf(tree).entries())
    if (name !== undefined && !parts.has(name)) parts.set(name, { tree: tree.items[position]!, position })
  return parts
}

/** The names of a list's items, where they have one. */
function namesOf(tree: Tree): readonly (string | undefined)[] {
  if (tree.kind !== 'list') return []
  return tree.items.map(item => {
    const name = item.kind === 'mapping' ? item.entries.get('name')?.value : undefined
    return name?.kind === 'scalar' && name.source !== '' ? name.source : undefined
  })
}

/** Names may hold dots themselves, so the longest name that the path starts with comes first. */
function firstStep(
  path: string,
  names: readonly string[],
): { readonly step: string; readonly rest?: string } {
  const fits = names.filter(name => path === name || path.startsWith(`${name}.`))
  const step = fits.sort((a, b) => b.length - a.length)[0] ?? path.split('.', 1)[0]!
  return path.length === step.length ? { step } : { step, rest: path.slice(step.length + 1) }
}

/** Mappings that may be left out as a whole. */
const SECTIONS: readonly string[] = ['headers', 'tls', 'search']

/** A key that is not there yet: at the end of the path any, on the way only those that need nothing else inside. */
function newPart(step: string, isLast: boolean): Part | undefined {
  if (!isLast && !SECTIONS.includes(step)) return undefined
  return { tree: { kind: 'mapping', at: SET_PLACE, entries: new Map<string, Entry>() }, position: -1 }
}

function noSuchStep(step: string, here: string, tree: Tree): Fault {
  const names = tree.kind === 'mapping' ? [...tree.entries.keys()] : namesOf(tree).flatMap(name => name ?? [])
  const shown =
    tree.kind === 'mapping' ? names : namesOf(tree).map((name, i) => (name ? `${i} (${name})` : `${i}`))
  const near = nearest(step, names)
  const there = `${here} has ${shown.length === 0 ? 'nothing' : shown.join(', ')}`
  const fix = near === undefined ? there : `write ${near} instead of ${step}; ${there}`
  const what = tree.kind === 'list' ? `no item ${step} (by index or name)` : `no ${step}`
  return { code: 'scenario/set-path', message: `${here} has ${what}`, fix }
}

function withPart(tree: Tree, position: number, step: string, value: Tree): Tree {
  if (tree.kind === 'list') return { ...tree, items: tree.items.with(position, value) }
  if (tree.kind === 'scalar') return value
  return { ...tree, entries: new Map([...tree.entries, [step, { keyAt: SET_PLACE, value }]]) }
}
