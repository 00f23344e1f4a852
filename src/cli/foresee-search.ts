import type { Plan } from '../plan/plan.ts'
import type { SearchGoal } from '../plan/search-goal.ts'
import { plannedSeconds, reachableOmega } from '../search/plan-search.ts'
import { formatDuration, formatRate, formatShare } from '../units/format.ts'

/** Capacities to speak of; what is searched for is not known yet. The first two in range are taken. */
const EXAMPLES = [1000, 200, 60, 5000, 20_000, 10]
const WORST = 0.25

/**
 * What is known of the precision before the first request, in one or two sentences: how much load it takes depends on
 * the capacity, because it is counted in requests.
 */
export function foreseeSearch({ search, arrivals }: Pick<Plan, 'search' | 'arrivals'>): readonly string[] {
  if (search === undefined) return []
  const variation = arrivals === 'poisson' ? 1 : 0
  const rates = examplesWithin(search)
  const precision = formatShare(search.precision)
  const needed = rates.map(rate => ({ rate, seconds: plannedSeconds(search, rate, variation) }))
  const reached = rates.map(rate => ({ rate, omega: reachableOmega(search, rate, variation) }))
  const times = needed.map(
    ({ rate, seconds }) => `${formatDuration(Math.round(seconds) * 1e9)} at ${formatRate(rate)}`,
  )
  const takes = `±${precision} takes about ${times.join(', ')}`
  const budget = formatDuration(search.budget)
  if (reached.every(({ omega }) => omega <= search.precision)) return [`${takes}; ${budget} suffice`]
  if (reached.every(({ omega }) => omega >= WORST))
    return [takes, `${budget} are too short to tell much there`]
  const shares = reached.map(({ rate, omega }) => `${wordShare(omega)} at ${formatRate(rate)}`)
  return [takes, `${budget} reach ${shares.join(', ')}`]
}

const wordShare = (omega: number): string =>
  omega >= WORST ? `no better than ±${formatShare(WORST)}` : `±${formatShare(Number(omega.toPrecision(2)))}`

function examplesWithin({ from, to }: SearchGoal): readonly number[] {
  const within = EXAMPLES.filter(rate => rate > from && rate <= to).slice(0, 2)
  return within.length > 0 ? within : [to]
}
