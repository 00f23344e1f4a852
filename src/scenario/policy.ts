import type { PromiseClause } from '../plan/promise-clause.ts'
import type { Checked, Problem } from '../units/problem.ts'
import type { Share } from '../units/quantity.ts'
import { besideFile } from './beside-file.ts'
import { openDocument } from './document.ts'
import { readBoolean, readList, readMapping, readOptional, readText } from './field.ts'
import type { Field, Fields, Report } from './field.ts'
import { readPromises } from './promises.ts'
import { readShare } from './quantity-field.ts'
import { byPlace } from './read-scenario.ts'

/** Every key that a policy may have. `docs/policy.schema.json` has exactly these; a test says so. */
export const POLICY_KEYS: readonly string[] = ['promises', 'margins', 'strict', 'baseline', 'history']

/** What a gate asks of a run besides what its scenario promises. `Margin` names what may have a margin. */
export interface Policy<Margin extends string> {
  readonly promises: readonly PromiseClause[]
  /** Changes that do not matter; what is absent has its default. */
  readonly margins: Readonly<Partial<Record<Margin, Share>>>
  readonly strict: boolean
  /** Paths of reports, or of folders of them, from the working folder. */
  readonly baseline: readonly string[]
  /** Path of a folder, from the working folder. */
  readonly history: string | undefined
}

export interface PolicyWords<Margin extends string> {
  readonly margins: readonly Margin[]
  /** Names that `of <request>` of a promise may use; if there are none, any. */
  readonly requests: readonly string[]
}

const LEAST_MARGIN = 0.0001

/** Reads the text of a policy file, or all of its problems, in the order of the file. Never throws on any text. */
export function readPolicy<Margin extends string>(
  text: string,
  file: string,
  known: PolicyWords<Margin>,
): Checked<Policy<Margin>> {
  const opened = openDocument(text, (line, column) => ({ file, line, column }))
  const problems: Problem[] = [...opened.problems]
  const report: Report = (fault, at) => void problems.push({ ...fault, at })
  const tree = opened.root
  if (tree?.kind === 'scalar' && tree.value === null) {
    const fix = `write at least one of ${POLICY_KEYS.join(', ')}`
    report({ code: 'scenario/empty', message: 'the file has no content', fix }, tree.at)
  }
  const isEmpty = tree === undefined || problems.some(({ code }) => code === 'scenario/empty')
  const fields = isEmpty ? undefined : readMapping({ key: 'policy', path: '', tree }, POLICY_KEYS, report)
  const value = fields && readFields(fields, file, known, report)
  if (value !== undefined && problems.length === 0) return { ok: true, value }
  return { ok: false, problems: problems.map(ofPolicy).toSorted((a, b) => byPlace(a.at, b.at)) }
}

/** The readers that a policy shares with the scenario name their problems after that. */
const ofPolicy = (problem: Problem): Problem => ({
  ...problem,
  code: problem.code.replace(/^scenario\//, 'policy/'),
})

function readFields<Margin extends string>(
  fields: Fields,
  file: string,
  { margins, requests }: PolicyWords<Margin>,
  report: Report,
): Policy<Margin> {
  const baseline = fields.get('baseline')
  const reports = baseline === undefined ? [] : (readList(baseline, 'report', 'base.json', report) ?? [])
  const readPath = (field: Field): string | undefined => {
    const path = readText(field, report)
    if (path === undefined) return undefined
    if (path !== '') return besideFile(file, path)
    const fix = `write a path after ${field.key}:, or remove it`
    return report({ code: 'policy/path', message: `${field.path} names nothing`, fix }, field.tree.at)
  }
  return {
    promises: readPromises(fields, requests, false, report),
    margins: readMargins(fields.get('margins'), margins, report),
    strict: readOptional(fields.get('strict'), readBoolean, report) ?? false,
    baseline: reports.flatMap(item => readPath(item) ?? []),
    history: readOptional(fields.get('history'), readPath, report),
  }
}

function readMargins<Margin extends string>(
  field: Field | undefined,
  names: readonly Margin[],
  report: Report,
): Policy<Margin>['margins'] {
  const fields = field && readMapping(field, names, report)
  const margins: Partial<Record<Margin, Share>> = {}
  for (const name of names) {
    const size = readOptional(fields?.get(name), own => readShare(own, LEAST_MARGIN, 1, report), report)
    if (size !== undefined) margins[name] = size
  }
  return margins
}
