import type { Stage } from '../plan/plan.ts'
import type { SearchGoal } from '../plan/search-goal.ts'
import { readClosedStages, reportClosedKeys } from './closed-model.ts'
import { readChoice } from './field.ts'
import type { Field, Fields, Report } from './field.ts'
import { readSearch } from './search.ts'
import { readStages } from './stages.ts'

export interface ReadModel {
  readonly isClosed: boolean
  /** None in a search. */
  readonly stages: readonly Stage[] | undefined
  readonly search?: SearchGoal
}

/**
 * `model` and what shapes its load: `stages` or `search` of an open one, `connections` and `for` of a closed one.
 */
export function readModel(fields: Fields, root: Field, report: Report): ReadModel {
  const field = fields.get('model')
  const model = field === undefined ? 'open' : readChoice(field, ['open', 'closed'], report)
  if (model === 'closed') return { isClosed: true, stages: readClosedStages(fields, root, report) }
  const [stagesField, searchField] = [fields.get('stages'), fields.get('search')]
  if (model === 'open') {
    reportClosedKeys(fields, report)
    reportOneLoad(stagesField, searchField, root, report)
  }
  const stages = stagesField && readStages(stagesField, report)
  const search = searchField && readSearch(searchField, report)
  return search === undefined ? { isClosed: false, stages } : { isClosed: false, stages: [], search }
}

/** Either the scenario says which rates there are, or the search finds them. */
function reportOneLoad(
  stages: Field | undefined,
  search: Field | undefined,
  root: Field,
  report: Report,
): void {
  if (stages === undefined && search === undefined) {
    const message = 'the scenario has neither stages nor a search, so there is no load to offer'
    const fix =
      'write stages: and below it, indented, - { rate: 200/s, for: 30s }; or search: {} to have the rates chosen'
    return report({ code: 'scenario/stages-missing', message, fix }, root.tree.at)
  }
  if (stages === undefined || search === undefined) return undefined
  const { at } = search.tree
  const isTyped = at.line === undefined
  const typed = at.file === '--set' ? '--set search' : at.file
  const message = isTyped
    ? `${typed} belongs to a search, and the scenario has stages, which say what rates there are`
    : 'search chooses the rates and stages say them (a search warms the target up by itself); there is one load'
  const fix = isTyped
    ? `leave out ${typed}, or write search: {} in the scenario instead of stages:`
    : 'keep stages: or search:'
  return report({ code: 'scenario/stages-and-search', message, fix }, at)
}
