import type { Plan, Stage } from '../plan/plan.ts'
import type { PromiseClause } from '../plan/promise-clause.ts'
import type { Checked, Place, Problem } from '../units/problem.ts'
import { openDocument } from './document.ts'
import { readList, readMapping, readText } from './field.ts'
import type { Field, Fields, Report } from './field.ts'
import { parsePromise } from './promise.ts'
import { defaultRequest, readRequests } from './requests.ts'
import { SCENARIO_KEYS } from './scenario-keys.ts'
import { applySet } from './set-override.ts'
import { readSettings } from './settings.ts'
import { readStages } from './stages.ts'
import type { Tree } from './tree.ts'

/** What the command line says about a scenario; it wins over the file. */
export interface ScenarioOverrides {
  /** `--target` */
  readonly target?: string
  /** `--seed` */
  readonly seed?: number
  /** The seed where neither the flag nor the file has one; without it, 1. */
  readonly defaultSeed?: number
  /** `--set`, each `path=value`, carried out in order. */
  readonly set?: readonly string[]
}

/**
 * Reads the text of a scenario file into a plan, or into all of its problems, in the order of the file. `file`
 * names it in places, and names the scenario where the text does not. Never throws on any text.
 */
export function readScenario(text: string, file: string, overrides: ScenarioOverrides): Checked<Plan> {
  const problems: Problem[] = []
  const report: Report = (fault, at) => void problems.push({ ...fault, at })
  const opened = openDocument(text, (line, column) => ({ file, line, column }))
  problems.push(...opened.problems)
  const plan = opened.root && readRoot(override(opened.root, overrides, problems), overrides, report)
  if (plan !== undefined && problems.length === 0) return { ok: true, value: plan }
  return { ok: false, problems: problems.sort((a, b) => byPlace(a.at, b.at)) }
}

/** The document as the flags would have it. */
function override(root: Tree, { set = [], target, seed }: ScenarioOverrides, problems: Problem[]): Tree {
  let tree = root
  for (const setting of set) {
    const applied = applySet(tree, setting)
    if ('root' in applied) tree = applied.root
    else problems.push(...applied.problems)
  }
  return withFlag(withFlag(tree, 'target', target), 'seed', seed)
}

function withFlag(tree: Tree, key: string, value: string | number | undefined): Tree {
  if (value === undefined || tree.kind !== 'mapping') return tree
  const at = { file: `--${key}` }
  const scalar: Tree = { kind: 'scalar', at, value, source: String(value) }
  return { ...tree, entries: new Map([...tree.entries, [key, { keyAt: at, value: scalar }]]) }
}

function readRoot(tree: Tree, overrides: ScenarioOverrides, report: Report): Plan | undefined {
  if (tree.kind === 'scalar' && tree.value === null) {
    const fix = 'write at least target: and stages: (plimsoll init writes a starter file)'
    return report({ code: 'scenario/empty', message: 'the file has no content', fix }, tree.at)
  }
  const root: Field = { key: 'scenario', path: '', tree }
  const fields = readMapping(root, [...SCENARIO_KEYS, 'search'], report)
  if (fields === undefined) return undefined
  const settings = readSettings(fields, root, overrides.defaultSeed ?? 1, report)
  const { name, target, arrivals, seed, maxConnections, defaults } = settings
  const stages = readStagesOrSearch(fields, root, report)
  const requestsField = fields.get('requests')
  const { templates, names } =
    requestsField === undefined
      ? { templates: [defaultRequest(defaults)], names: ['GET /'] }
      : readRequests(requestsField, defaults, report)
  const promises = readPromises(fields, names, report)
  if (name === undefined || target === undefined || arrivals === undefined) return undefined
  if (seed === undefined || maxConnections === undefined || stages === undefined) return undefined
  return {
    schema: 'plimsoll/plan@1',
    name,
    target,
    arrivals,
    stages,
    requests: templates,
    promises,
    seed,
    maxConnections,
  }
}

function readStagesOrSearch(fields: Fields, root: Field, report: Report): readonly Stage[] | undefined {
  const stages = fields.get('stages')
  const search = fields.get('search')
  if (search !== undefined) {
    const message = 'search lets the tool choose the rates; this version cannot do that yet'
    const fix = 'write stages: with - { name: ramp, from: 20/s, to: 2000/s, for: 60s } instead'
    report({ code: 'scenario/search-not-yet', message, fix }, search.tree.at)
  } else if (stages === undefined) {
    const fix = 'write stages: and below it, indented, - { rate: 200/s, for: 30s }'
    report({ code: 'scenario/stages-missing', message: 'the scenario has no stages', fix }, root.tree.at)
  }
  return stages === undefined ? undefined : readStages(stages, report)
}

function readPromises(fields: Fields, requests: readonly string[], report: Report): readonly PromiseClause[] {
  const field = fields.get('promises')
  const items = field === undefined ? [] : (readList(field, 'promise', 'p99 < 300ms', report) ?? [])
  return items.flatMap(item => {
    const text = readText(item, report)
    if (text === undefined) return []
    const parsed = parsePromise(text, requests)
    if ('clause' in parsed) return parsed.clause
    report(parsed.fault, item.tree.at)
    return []
  })
}

/** Flags first, then down the file. */
function byPlace(a: Place, b: Place): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)
}
