import { formatNumber, formatRate, formatShare } from '../units/format.ts'
import { backendsNeed, plannedLoad, survivors } from './backends-need.ts'
import type { OddsOf } from './launch-odds.ts'
import { neededHitRatio } from './needed-hit-ratio.ts'
import { optionCost } from './option-cost.ts'
import { grownPeak } from './origin-load.ts'
import type { ScalingLaw } from './scaling-law.ts'
import type { Derived } from './server-limits.ts'
import type { BackendsNeed, OptionName, SizingOption } from './sizing-answer.ts'
import type { SizingQuestion } from './sizing-question.ts'

/** All that the options are worked out from. */
export interface Situation {
  readonly question: SizingQuestion
  readonly law: ScalingLaw
  readonly need: BackendsNeed
  /** u. */
  readonly utilisation: number
  /** Backends that there are now. */
  readonly present: number
  /** Share of the requests that a cache will answer at most; null where nothing is known of it. */
  readonly cacheable: Cacheable | null
  readonly bytesPerAnswer: number
  readonly oddsOf: OddsOf | undefined
}

const ROUNDING = 1e-9

export interface Cacheable {
  readonly share: number
  /** Whether so much is expected, not merely the most that there can be. */
  readonly expected: boolean
  readonly because: string
}

type Proposal = Pick<SizingOption, 'name' | 'backends' | 'hitRatio'> & { readonly because: string }

/** Do nothing, backends, a CDN, both, a limiter; exactly one of them is recommended. */
export function sizingOptions(situation: Situation): readonly SizingOption[] {
  const options = [
    doNothing(situation),
    ...otherBackends(situation),
    ...aCdn(situation),
    ...both(situation),
    limiter(situation),
  ].map(proposal => describe(proposal, situation))
  const chosen = PREFERRED.find(name => options.some(one => one.name === name && one.holds === true))
  return options.map(option => ({ ...option, recommended: option.name === (chosen ?? 'limiter') }))
}

/** What is there already, what was measured, then what rests on caches that were not measured. */
const PREFERRED: readonly OptionName[] = ['do-nothing', 'backends', 'both', 'cdn']

const doNothing = ({ present, question }: Situation): Proposal => ({
  name: 'do-nothing',
  backends: present,
  hitRatio: question.hitRatio,
  because: 'what was measured, as it is',
})

/** Fewer than there are only where the present ones take so much from one another that they do not do. */
function otherBackends(situation: Situation): readonly Proposal[] {
  const { need, present, question } = situation
  if (!need.reachable || need.backends.value === present || presentDo(situation)) return []
  return [
    {
      name: 'backends',
      backends: need.backends.value,
      hitRatio: question.hitRatio,
      because: need.backends.from,
    },
  ]
}

const presentDo = (situation: Situation): boolean => {
  const { question, law, present } = situation
  const load = grownPeak(question) * (1 - question.hitRatio)
  return load <= plannedLoad(law.at(survivors(present, question)).low, situation) * (1 + ROUNDING)
}

/** The present backends, or as few as leave one after a loss, and a cache that answers what they cannot. */
function aCdn(situation: Situation): readonly Proposal[] {
  const backends = leastPresent(situation)
  const needed = hitRatioFor(backends, situation)
  if (needed.value <= situation.question.hitRatio) return []
  return [{ name: 'cdn', backends, hitRatio: needed.value, because: needed.from }]
}

/**
 * As many backends as a cache of the expected hit ratio leaves work for. Where that is not known, half of the missing backends, and a cache
 * for the rest; where backends alone never do, as many as carry most.
 */
function both(situation: Situation): readonly Proposal[] {
  const { need, law, question, cacheable } = situation
  const present = leastPresent(situation)
  if (cacheable?.expected === true) return behindExpected(situation, present, cacheable.share)
  const most = need.reachable
    ? Math.ceil((present + need.backends.value) / 2)
    : Math.floor(law.peakBackends ?? 2 * present)
  if (most <= present || (need.reachable && most >= need.backends.value)) return []
  const needed = hitRatioFor(most, situation)
  if (needed.value <= question.hitRatio) return []
  return [{ name: 'both', backends: most, hitRatio: needed.value, because: needed.from }]
}

function behindExpected(situation: Situation, present: number, hitRatio: number): readonly Proposal[] {
  const { need, law, question, utilisation } = situation
  if (hitRatio <= question.hitRatio) return []
  const load = grownPeak(question) * (1 - hitRatio)
  const behind = backendsNeed(law, { question, utilisation, load })
  if (!behind.reachable || behind.backends.value <= present) return []
  if (need.reachable && behind.backends.value >= need.backends.value) return []
  return [{ name: 'both', backends: behind.backends.value, hitRatio, because: behind.enough.from }]
}

/** The present backends, or, where the loss that is to be survived would take all of them, one more than it takes. */
export function leastPresent({ present, question }: Pick<Situation, 'present' | 'question'>): number {
  let least = present
  while (survivors(least, question) === 0) least += 1
  return least
}

const limiter = ({ present, question, law }: Situation): Proposal => ({
  name: 'limiter',
  backends: present,
  hitRatio: question.hitRatio,
  because: `lets ${formatRate(law.at(present).low)} in and answers the rest at once, so that what is let in is served well`,
})

const hitRatioFor = (backends: number, { law, question, utilisation }: Situation): Derived =>
  neededHitRatio(law.at(survivors(backends, question)).low, question, utilisation)

function describe(proposal: Proposal, situation: Situation): SizingOption {
  const { question, law, oddsOf } = situation
  const { name, backends, hitRatio } = proposal
  const load = grownPeak(question) * (1 - hitRatio)
  const whole = law.at(backends)
  const left = law.at(survivors(backends, question)).low
  const busy = load / whole.low
  const { holds, because } = judge(proposal, left, load, situation)
  const isKnown = whole.high !== null || busy <= 1
  const refused = isKnown ? Math.max(0, 1 - 1 / busy) : null
  return {
    name,
    backends,
    hitRatio,
    originLoad: load,
    utilisation: busy,
    utilisationAfterLoss: left > 0 ? load / left : null,
    holds,
    refused,
    meanWait: name === 'limiter' && busy >= 1 ? question.queueBudget : meanWait(busy, whole.low / backends),
    odds: oddsOf?.(backends, hitRatio) ?? null,
    cost: optionCost({ backends, served: Math.min(load, whole.low) }, situation.bytesPerAnswer, question),
    because,
    recommended: false,
    simulated: null,
  }
}

/** Requests that wait in the queue of one backend, as in M/M/1: ρ/((1 − ρ)·C₁). Null where the queue grows instead. */
function meanWait(busy: number, capacity: number): number | null {
  return busy < 1 ? busy / ((1 - busy) * capacity) : null
}

/** Within the headroom after the loss that is to be survived, and no more answered by a cache than a cache may answer. */
function judge(
  { hitRatio, because, name, backends }: Proposal,
  left: number,
  load: number,
  { question, utilisation, law, cacheable }: Situation,
): Pick<SizingOption, 'holds' | 'because'> {
  if (cacheable !== null && hitRatio > question.hitRatio && hitRatio > cacheable.share + ROUNDING)
    return { holds: false, because: `${because}, but ${cacheable.because}` }
  if (left === 0)
    return {
      holds: false,
      because: `no backend is left after the loss that is to be survived, of ${formatNumber(backends, 12)}`,
    }
  // With a hit ratio of 1 nothing reaches the origin, and nobody has that.
  if (hitRatio >= 1) return { holds: false, because: `${because}: not one request may reach the backends` }
  const holds = load <= plannedLoad(left, { question, utilisation }) * (1 + ROUNDING)
  if (holds) return { holds, because }
  if (law.at(1).high === null)
    return { holds: null, because: `${because}; whether it carries the peak cannot be said` }
  const over = load / left
  const word =
    name === 'limiter' ? because : `${because}: ${formatShare(over)} of what is left after the loss`
  return { holds: false, because: word }
}
