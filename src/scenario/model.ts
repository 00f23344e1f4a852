import type { Stage } from '../plan/plan.ts'
import { readClosedStages, reportClosedKeys } from './closed-model.ts'
import { readChoice } from './field.ts'
import type { Field, Fields, Report } from './field.ts'
import { readStages } from './stages.ts'

export interface ReadModel {
  readonly isClosed: boolean
  readonly stages: readonly Stage[] | undefined
}

/** `model` and what shapes its load: `stages` of an open one, `connections` and `for` of a closed one. */
export function readModel(fields: Fields, root: Field, report: Report): ReadModel {
  const field = fields.get('model')
  const model = field === undefined ? 'open' : readChoice(field, ['open', 'closed'], report)
  if (model === 'closed') return { isClosed: true, stages: readClosedStages(fields, root, report) }
  if (model === 'open') {
    reportClosedKeys(fields, report)
    reportNoStages(fields, root, report)
  }
  const stages = fields.get('stages')
  return { isClosed: false, stages: stages && readStages(stages, report) }
}

function reportNoStages(fields: Fields, root: Field, report: Report): void {
  const search = fields.get('search')
  if (search !== undefined) {
    const message = 'search lets the tool choose the rates; this version cannot do that yet'
    const fix = 'write stages: with - { name: ramp, from: 20/s, to: 2000/s, for: 60s } instead'
    report({ code: 'scenario/search-not-yet', message, fix }, search.tree.at)
  } else if (!fields.has('stages')) {
    const fix = 'write stages: and below it, indented, - { rate: 200/s, for: 30s }'
    report({ code: 'scenario/stages-missing', message: 'the scenario has no stages', fix }, root.tree.at)
  }
}
