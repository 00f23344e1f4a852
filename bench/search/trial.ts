import { analyse } from '../../src/analysis/analyse.ts'
import type { Findings } from '../../src/analysis/findings.ts'
import type { Values } from '../../src/lab/lab-entry.ts'
import type { SearchGoal } from '../../src/plan/search-goal.ts'
import { SEARCH_DEFAULTS } from '../../src/scenario/search.ts'
import type { SearchPlan } from '../../src/trial/search-course.ts'
import { createRandom } from '../../src/units/random.ts'
import { seconds, share } from '../../src/units/quantity.ts'
import { judge } from '../../src/verdict/judge.ts'
import type { Verdict } from '../../src/verdict/verdict.ts'
import type { Family } from './family.ts'
import { FAMILIES } from './family.ts'
import { searchInVirtualTime } from './search-in-virtual-time.ts'
import type { VirtualSearch } from './search-in-virtual-time.ts'

/** One server out of a family, and the load that looks for its capacity. */
export interface Trial {
  readonly family: Family
  readonly values: Values
  readonly labSeed: number
  readonly plan: SearchPlan
}

export interface Judged extends VirtualSearch {
  readonly trial: Trial
  readonly findings: Findings
  readonly verdict: Verdict
}

/** Rates are drawn between these multiples of the lab's own, so that nothing can be tuned to one set. */
const SLOWEST = 0.7
const FASTEST = 1.4
const FIRST_STREAM = 500

/** What a bare URL asks for, with more time than any of the families needs. */
const GOAL: SearchGoal = { ...SEARCH_DEFAULTS, budget: seconds(1800) }

export function drawTrial(family: Family, seed: number, goal: Partial<SearchGoal> = {}): Trial {
  const random = createRandom(seed, FIRST_STREAM + FAMILIES.indexOf(family))
  const values = family.valuesAt(SLOWEST + (FASTEST - SLOWEST) * random.pick())
  const labSeed = Math.floor(random.pick() * 2 ** 32)
  const { slowAfter } = family
  const slow = slowAfter === undefined ? undefined : slowerThan(slowAfter)
  const plan: SearchPlan = {
    schema: 'plimsoll/plan@1',
    name: family.name,
    target: { protocol: 'http', host: '127.0.0.1', port: 80, basePath: '' },
    arrivals: 'poisson',
    stages: [],
    requests: family.requests,
    promises:
      slow === undefined
        ? []
        : [{ kind: 'latency', statistic: { percentile: slow.share }, limit: slow.within, text: slow.text }],
    seed: Math.floor(random.pick() * 2 ** 32),
    maxConnections: 10_000,
    search: { ...GOAL, ...goal, ...(slow !== undefined && { slow }) },
  }
  return { family, values, labSeed, plan }
}

const slowerThan = (limit: number): NonNullable<SearchGoal['slow']> => ({
  within: seconds(limit),
  share: share(0.99),
  text: `p99 < ${limit * 1000}ms`,
})

/** Searches, analyses and judges as `plimsoll run` does. */
export function carryOutTrial(trial: Trial): Judged {
  const { family, values, labSeed, plan } = trial
  const found = searchInVirtualTime(plan, family.entry.create(values, labSeed))
  const findings = analyse(found.result, {}, found.records)
  const verdict = judge(found.result.plan, findings, found.result, found.records)
  return { ...found, trial, findings, verdict }
}
