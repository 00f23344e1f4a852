import type { SearchStepFigures } from '../../analysis/search/search-findings.ts'
import type { SearchPhase } from '../../result/search-record.ts'
import type { StepKind } from '../view.ts'

const KINDS: Readonly<Record<SearchPhase, StepKind>> = {
  baseline: 'rising',
  ramp: 'rising',
  plateau: 'plateau',
  drain: 'rest',
  settle: 'rest',
  hold: 'held',
  onset: 'onset',
  recovery: 'rest',
  soak: 'held',
}

/** What a step was for, or where that says more, what came of it. */
export function stepKind({ phase, outcome }: Pick<SearchStepFigures, 'phase' | 'outcome'>): StepKind {
  if (outcome === 'void' || outcome === 'cut') return 'void'
  const kind = KINDS[phase]
  const failed = outcome === 'failed' || outcome === 'forced-fail'
  return failed && (kind === 'rising' || kind === 'held') ? 'gave-way' : kind
}

export const KIND_NAMES: Readonly<Record<StepKind, string>> = {
  rising: 'rising',
  plateau: 'plateau',
  held: 'hold that passed',
  'gave-way': 'gave way',
  onset: 'onset, with and without',
  rest: 'coming to rest',
  void: 'void or cut',
}
