import { highestRung } from '../plan/plan.ts'
import type { Plan, Stage } from '../plan/plan.ts'
import type { Transport } from '../plan/transport.ts'
import type { Checked, Place, Problem } from '../units/problem.ts'
import { reportClosedTransport } from './closed-model.ts'
import { openDocument } from './document.ts'
import { readMapping } from './field.ts'
import type { Field, Fields, Report } from './field.ts'
import { readModel } from './model.ts'
import { applyOverrides } from './overrides.ts'
import type { ScenarioOverrides } from './overrides.ts'
import type { PemFile } from './pem-file.ts'
import { readPromises } from './promises.ts'
import { defaultRequest, readRequests } from './requests.ts'
import { SCENARIO_KEYS } from './scenario-keys.ts'
import { completeGoal } from './search.ts'
import { readSettings } from './settings.ts'
import { isDefaultTransport, readTransport } from './transport.ts'
import type { Tree } from './tree.ts'

/**
 * Reads the text of a scenario file into a plan, or into all of its problems, in the order of the file. `file`
 * names it in places, and names the scenario where the text does not. Never throws on any text.
 */
export function readScenario(text: string, file: string, overrides: ScenarioOverrides): Checked<Plan> {
  return checked(readWithFiles(text, file, overrides))
}

/** What a text says. The plan is meant only where there are no problems, also not with the files that it names. */
export interface Reading {
  readonly plan: Plan | undefined
  readonly problems: readonly Problem[]
  readonly files: readonly PemFile[]
}

export function checked({ plan, problems }: Pick<Reading, 'plan' | 'problems'>): Checked<Plan> {
  if (plan !== undefined && problems.length === 0) return { ok: true, value: plan }
  return { ok: false, problems: problems.toSorted((a, b) => byPlace(a.at, b.at)) }
}

export function readWithFiles(text: string, file: string, overrides: ScenarioOverrides): Reading {
  const opened = openDocument(text, (line, column) => ({ file, line, column }))
  return opened.root === undefined
    ? { plan: undefined, files: [], problems: opened.problems }
    : readTree(opened.root, overrides, opened.problems)
}

/** The same for what is a tree already. `found`: problems that are known before. */
export function readTree(tree: Tree, overrides: ScenarioOverrides, found: readonly Problem[] = []): Reading {
  const problems = [...found]
  const report: Report = (fault, at) => void problems.push({ ...fault, at })
  const read = readRoot(applyOverrides(tree, overrides, problems), overrides.defaultSeed ?? 1, report)
  return { plan: read?.plan, files: read?.files ?? [], problems }
}

function readRoot(
  tree: Tree,
  defaultSeed: number,
  report: Report,
): Pick<Reading, 'plan' | 'files'> | undefined {
  if (tree.kind === 'scalar' && tree.value === null) {
    const fix = 'write at least target: and stages: or search: (plimsoll init writes a starter file)'
    return report({ code: 'scenario/empty', message: 'the file has no content', fix }, tree.at)
  }
  const root: Field = { key: 'scenario', path: '', tree }
  const fields = readMapping(root, SCENARIO_KEYS, report)
  if (fields === undefined) return undefined
  const settings = readSettings(fields, root, defaultSeed, report)
  const { name, target, arrivals, seed, maxConnections, defaults } = settings
  const { isClosed, stages, search } = readModel(fields, root, report)
  const { transport, files } = readTransport(fields, target, report)
  if (isClosed) reportClosedTransport(fields, transport, report)
  const requestsField = fields.get('requests')
  const { templates, names } =
    requestsField === undefined
      ? { templates: [defaultRequest(defaults)], names: ['GET /'] }
      : readRequests(requestsField, defaults, report)
  const promises = readPromises(fields, names, isClosed, report)
  if (name === undefined || target === undefined || arrivals === undefined) return { plan: undefined, files }
  if (seed === undefined || maxConnections === undefined || stages === undefined)
    return { plan: undefined, files }
  reportTooFew(fields, maxConnections, { stages, transport }, report)
  const plan: Plan = {
    schema: 'plimsoll/plan@1',
    name,
    target,
    arrivals,
    stages,
    requests: templates,
    promises,
    seed,
    maxConnections,
    ...(isDefaultTransport(transport) ? {} : { transport }),
    ...(isClosed && { model: 'closed' }),
    ...completeGoal(search, promises),
  }
  return { plan, files }
}

interface Needs {
  readonly stages: readonly Stage[]
  readonly transport: Transport
}

/** Are there as many connections as the highest rung has, or as users who each need one? */
function reportTooFew(
  fields: Fields,
  maxConnections: number,
  { stages, transport: { strategy } }: Needs,
  report: Report,
): void {
  const rungs = highestRung({ stages })
  const users = strategy.kind === 'per-user' ? strategy.users : 0
  for (const [key, needed] of [
    ['connections', rungs],
    ['connection-strategy', users],
  ] as const) {
    if (needed <= maxConnections) continue
    const message = `${key} needs ${needed} connections at once, and max-connections is ${maxConnections}`
    const fix = `write max-connections: ${needed}, or a smaller number here`
    report({ code: 'scenario/too-few-connections', message, fix }, fields.get(key)!.tree.at)
  }
}

/** Flags first, then down the file. */
export function byPlace(a: Place, b: Place): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)
}
