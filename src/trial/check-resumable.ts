import type { Result } from '../result/result.ts'
import { next, resume } from '../search/search.ts'
import type { SearchState } from '../search/search.ts'
import type { Checked } from '../units/problem.ts'

export const isSearchState = (value: unknown): value is SearchState => {
  const state = value as Partial<SearchState> | null | undefined
  return state?.schema === 'plimsoll/search@1' && Array.isArray(state.steps) && state.goal !== undefined
}

/**
 * Can the run in this report be gone on with? It can be if it was a search that has something left to do, be it with
 * a larger budget.
 */
export function checkResumable(result: Result, file: string): Checked<Result> {
  const { search } = result
  if (search === undefined)
    return refused(
      file,
      'resume/not-a-search',
      'the run in it was no search, so there is nothing to go on with',
      'only a search can be resumed: plimsoll run URL, or a scenario with search:; run any other scenario again',
    )
  if (!isSearchState(search.state))
    return refused(
      file,
      'resume/unknown-state',
      'the state of its search is not one that this version knows',
      'resume it with the version of plimsoll that wrote it, or run the search again',
    )
  const { flags } = search.conclusion
  const isOver = next(resume(search.state)).kind === 'done'
  if (search.conclusion.complete || (isOver && !flags.includes('budget-spent')))
    return refused(
      file,
      'resume/complete',
      'the search in it has come to its end',
      'read it with plimsoll report, or run the search again',
    )
  return { ok: true, value: result }
}

const refused = (file: string, code: string, message: string, fix: string): Checked<never> => ({
  ok: false,
  problems: [{ code, message, fix, at: { file } }],
})
