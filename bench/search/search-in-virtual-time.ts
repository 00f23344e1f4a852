import type { LabModel } from '../../src/lab/model.ts'
import type { Stage } from '../../src/plan/plan.ts'
import type { SearchConclusion } from '../../src/result/search-record.ts'
import { conclude, learn, next, startSearch } from '../../src/search/search.ts'
import type { Directive } from '../../src/search/search.ts'
import { withOneSecondMore } from '../../src/trial/search-stages.ts'
import type { SearchPlan } from '../../src/trial/search-course.ts'
import { toBin } from '../../src/trial/to-bin.ts'
import { VirtualLoad } from '../../src/virtual/load.ts'
import { evidenceOf } from '../../src/virtual/result.ts'
import type { Evidence } from '../../src/virtual/result.ts'

export interface VirtualSearch extends Evidence {
  readonly conclusion: SearchConclusion
}

/** A search that goes on for longer is broken. */
const LONGEST_SECONDS = 7200

/**
 * A whole search in virtual time. Second k + 1 is committed when second k begins, so that the search learns each
 * second one second late, exactly as it does by a real clock.
 */
export function searchInVirtualTime(plan: SearchPlan, model: LabModel): VirtualSearch {
  let state = startSearch(plan.search, { arrivalVariation: plan.arrivals === 'poisson' ? 1 : 0 })
  let stages = grow([], next(state))
  const load = new VirtualLoad({ ...plan, stages }, model)
  let inFlight = 0
  for (let second = 0; second < load.spans.length; second += 1) {
    if (second > LONGEST_SECONDS) throw new Error(`the search goes on after ${LONGEST_SECONDS} s of load`)
    stages = grow(stages, next(state))
    load.extend(stages)
    const step = load.spans[second]!.stage
    const bin = toBin([load.runWindow()], {
      step,
      rate: stages[step]!.from,
      inFlight,
      calibration: undefined,
    })
    inFlight = bin.inFlight
    state = learn(state, bin)
  }
  load.finish()
  const conclusion = conclude(state)
  const { result, records } = evidenceOf(load, { ...plan, stages })
  return { conclusion, records, result: { ...result, search: { steps: state.steps, conclusion, state } } }
}

const grow = (stages: readonly Stage[], directive: Directive): readonly Stage[] =>
  directive.kind === 'done' ? stages : withOneSecondMore(stages, directive)
