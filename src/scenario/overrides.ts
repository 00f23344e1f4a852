import type { Problem } from '../units/problem.ts'
import { applySet } from './set-override.ts'
import type { Entry, Tree } from './tree.ts'

/** What the command line says about a scenario; it wins over the file. */
export interface ScenarioOverrides {
  /** `--target` */
  readonly target?: string
  /** `--seed` */
  readonly seed?: number
  /** The seed where neither the flag nor the file has one; without it, 1. */
  readonly defaultSeed?: number
  /** `--http` */
  readonly http?: string
  /** Flags that are named like keys of `tls:`, e.g. `--ca`. */
  readonly tls?: Readonly<Record<string, string | true | readonly string[]>>
  /** Flags that are named like keys of `search:`, e.g. `--budget`. */
  readonly search?: Readonly<Record<string, string | true>>
  /** `--promise`, instead of those of the file. */
  readonly promises?: readonly string[]
  /** `--set`, each `path=value`, carried out in order. */
  readonly set?: readonly string[]
}

/** The document as the flags would have it. What they bring stands at the flag, not at a line. */
export function applyOverrides(root: Tree, overrides: ScenarioOverrides, problems: Problem[]): Tree {
  let tree = root
  for (const setting of overrides.set ?? []) {
    const applied = applySet(tree, setting)
    if ('root' in applied) tree = applied.root
    else problems.push(...applied.problems)
  }
  for (const key of ['target', 'seed', 'http'] as const) {
    const value = overrides[key]
    if (value !== undefined) tree = withFlag(tree, key, value)
  }
  tree = withSection(tree, 'tls', Object.entries(overrides.tls ?? {}))
  tree = withSection(tree, 'search', Object.entries(overrides.search ?? {}))
  const { promises = [] } = overrides
  return promises.length === 0 ? tree : withKey(tree, 'promises', promises, placeOf('promise'))
}

type FlagValue = string | number | boolean | readonly string[]

/** Flags that are keys of a section, which need not be there, or may be empty. */
function withSection(tree: Tree, name: string, flags: readonly (readonly [string, FlagValue])[]): Tree {
  const [first] = flags
  if (first === undefined || tree.kind !== 'mapping') return tree
  const there = tree.entries.get(name)
  const isFilled = there !== undefined && !(there.value.kind === 'scalar' && there.value.value === null)
  const at = there?.value.at ?? placeOf(first[0])
  const section: Tree = isFilled ? there.value : { kind: 'mapping', at, entries: new Map<string, Entry>() }
  const value = flags.reduce((part, [key, text]) => withFlag(part, key, text), section)
  return { ...tree, entries: new Map([...tree.entries, [name, { keyAt: there?.keyAt ?? at, value }]]) }
}

const withFlag = (tree: Tree, key: string, value: FlagValue): Tree => withKey(tree, key, value, placeOf(key))

function withKey(tree: Tree, key: string, value: FlagValue, at: Tree['at']): Tree {
  if (tree.kind !== 'mapping') return tree
  return { ...tree, entries: new Map([...tree.entries, [key, { keyAt: at, value: treeOf(value, at) }]]) }
}

const placeOf = (key: string): Tree['at'] => ({ file: `--${key}` })

function treeOf(value: FlagValue, at: Tree['at']): Tree {
  return typeof value === 'object'
    ? { kind: 'list', at, items: value.map(item => treeOf(item, at)) }
    : { kind: 'scalar', at, value, source: String(value) }
}
