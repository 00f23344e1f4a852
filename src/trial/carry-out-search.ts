import type { Result } from '../result/result.ts'
import { next, resume, startSearch } from '../search/search.ts'
import type { SearchState } from '../search/search.ts'
import { Trial } from './carry-out.ts'
import type { TrialEffects } from './carry-out.ts'
import { NO_EARLIER_PART, earlierPart, resumedFrom } from './earlier-part.ts'
import type { EarlierPart } from './earlier-part.ts'
import { SearchCourse } from './search-course.ts'
import type { SearchPlan } from './search-course.ts'

/**
 * Carries out a search: one trial whose stages are added while it goes on. Always gives a RESULT, as `carryOut` does.
 *
 * Given an earlier RESULT of the same search (`checkResumable`), it goes on from there: the windows of the earlier
 * part come first, time goes on in whole seconds where that part ended, and the arrivals are drawn afresh.
 */
export async function carryOutSearch(
  plan: SearchPlan,
  effects: TrialEffects,
  from?: Result,
): Promise<Result> {
  const earlier = from === undefined ? freshPart(plan) : resumedPart(plan, from)
  const course = new SearchCourse(plan, earlier, effects.windows, effects.facts.calibration)
  return new Trial(course, effects, resumedFrom(earlier)).run()
}

function freshPart({ search, arrivals }: SearchPlan): EarlierPart {
  return {
    ...NO_EARLIER_PART,
    state: startSearch(search, { arrivalVariation: arrivals === 'poisson' ? 1 : 0 }),
  }
}

/** With the plan's own goal: its budget may be larger than what the earlier part had. */
function resumedPart({ search: goal }: SearchPlan, from: Result): EarlierPart {
  const state = resume({ ...(from.search?.state as SearchState), goal })
  const directive = next(state)
  const step = directive.kind === 'offer' ? directive.step : from.plan.stages.length
  return earlierPart(from, state, step)
}
