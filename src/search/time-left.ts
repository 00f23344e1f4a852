import type { SearchState } from './search-state.ts'

/** What the budget still has for steps, s: the second that is under way is spent already. */
export const timeLeft = ({ goal, elapsed }: Pick<SearchState, 'goal' | 'elapsed'>): number =>
  goal.budget / 1e9 - elapsed - 1
