import { formatShare } from '../units/format.ts'
import { askCdn } from './ask-cdn.ts'
import { backendsNeed, leastBackends, withSpares } from './backends-need.ts'
import type { Demand } from './backends-need.ts'
import type { CdnAnswer } from './cdn/cdn-answer.ts'
import { sizeCdn } from './cdn/size-cdn.ts'
import { chooseLaw } from './choose-law.ts'
import { launchOdds } from './launch-odds.ts'
import type { OddsOf } from './launch-odds.ts'
import type { MeasuredSystem } from './measured-system.ts'
import { originLoad, wordOriginLoad } from './origin-load.ts'
import { presentBackends } from './present-backends.ts'
import { retryLoad } from './retry-load.ts'
import type { ScalingLaw } from './scaling-law.ts'
import { sensitivity } from './sensitivity.ts'
import { nearKnee, serverLimits } from './server-limits-of.ts'
import type { ServerLimits } from './server-limits.ts'
import type {
  LeftOut,
  OriginLoad,
  Reading,
  Sized,
  SizingAnswer,
  SizingOption,
  SizingRow,
} from './sizing-answer.ts'
import { simulateOptions } from './simulation/simulate-options.ts'
import { sizingChecks } from './sizing-checks.ts'
import { sizingFormulas } from './sizing-formulas.ts'
import { sizingNotes } from './sizing-notes.ts'
import { leastPresent, sizingOptions } from './sizing-options.ts'
import type { Cacheable } from './sizing-options.ts'
import type { SizingQuestion } from './sizing-question.ts'
import { PLAIN_WISH } from './sizing-wish.ts'
import type { SizingWish } from './sizing-wish.ts'
import { targetUtilisation } from './target-utilisation.ts'
import { wordAnswer } from './word-answer.ts'

/**
 * What carries the peak, from the reports whose knee is known, at least from below. What there is now is the largest number of
 * backends among them.
 *
 * @param leftOut reports that say nothing about a capacity
 */
export function sizeSystem(
  question: SizingQuestion,
  systems: readonly MeasuredSystem[],
  leftOut: readonly LeftOut[] = [],
  wish: SizingWish = PLAIN_WISH,
): SizingAnswer {
  const answer = { question, systems, leftOut }
  if (systems.length === 0)
    return { ...answer, verdict: 'cannot-tell', because: wordNothing(leftOut), sized: null }
  const present = Math.max(...systems.map(({ backends }) => backends))
  const sized = work(question, systems, present, wish)
  const recommended = sized.options.find(option => option.recommended)!
  return {
    ...answer,
    verdict: recommended.holds === true ? 'holds' : 'fails',
    because: wordAnswer(sized, recommended, question, present),
    sized,
  }
}

const wordNothing = (leftOut: readonly LeftOut[]): string =>
  leftOut.length === 1
    ? `nothing can be sized: ${leftOut[0]!.because}`
    : 'nothing can be sized: no report says what the system carries'

function work(
  question: SizingQuestion,
  systems: readonly MeasuredSystem[],
  present: number,
  wish: SizingWish,
): Sized {
  const law = chooseLaw(systems)
  const origin = originLoad(question)
  const utilisation = targetUtilisation(question)
  const demand: Demand = { question, utilisation: utilisation.value, load: origin.high.value }
  const need = backendsNeed(law, demand)
  const oddsOf = launchOdds(law, question, utilisation.value)
  const now = systems.find(({ backends }) => backends === present)!
  const planned = { question, utilisation: utilisation.value }
  const least = leastPresent({ question, present })
  const cdn = wish.cdn === null ? null : sizeCdn(askCdn(now, law, least, planned, wish.cdn))
  const proposed = sizingOptions({
    ...planned,
    law,
    need,
    present,
    cacheable: cacheableShare(now, cdn),
    bytesPerAnswer: now.bytesPerAnswer,
    oddsOf,
  })
  const limitsOf = (option: SizingOption): Limits => limitsFor(law, systems, option, question)
  const { options, assumptions: simulation } = simulateOptions(
    proposed,
    { question, law, systems, limitsOf: option => limitsOf(option).limits },
    wish.simulate,
  )
  const recommended = options.find(option => option.recommended)!
  const { limits, because: limitsBecause } = limitsOf(recommended)
  const exact = law.draw !== undefined
  const worked = { question, law, origin, utilisation, need, recommended, present, limits }
  return {
    exact,
    originLoad: origin,
    utilisation,
    scaling: scalingOf(law),
    present: presentBackends(law, present, question, utilisation.value),
    need,
    rows: rowsOf(law, origin, demand, oddsOf),
    options,
    retries: retryLoad(recommended.originLoad, law.at(recommended.backends), question),
    cdn,
    limits,
    limitsBecause,
    simulation,
    sensitivity:
      exact && need.reachable ? sensitivity(law, question, utilisation.value, need.enough.value) : [],
    formulas: sizingFormulas(worked),
    checks: sizingChecks(recommended, n => law.at(n).low, limits, question),
    notes: sizingNotes({ ...worked, systems, options, wish }),
  }
}

const scalingOf = ({
  kind,
  because,
  perBackend,
  alpha,
  beta,
  peakBackends,
  measuredUpTo,
}: ScalingLaw): Sized['scaling'] => ({
  kind,
  because,
  perBackend,
  alpha,
  beta,
  peakBackends,
  measuredUpTo,
})

/** Requests that do not only read reach the origin whatever stands before it; of the others, what is expected where that was asked. */
function cacheableShare({ routes }: MeasuredSystem, cdn: CdnAnswer | null): Cacheable | null {
  if (cdn !== null) {
    const { value } = cdn.expected.hitRatio
    return { share: value, expected: true, because: `a cache is expected to answer ${formatShare(value)}` }
  }
  if (routes.length === 0) return null
  const reading = routes.filter(({ method }) => method === 'GET' || method === 'HEAD')
  const share = reading.reduce((sum, route) => sum + route.share, 0)
  return {
    share,
    expected: false,
    because: `only ${formatShare(share)} of the requests are GET or HEAD, and a cache answers no others`,
  }
}

interface Limits {
  readonly limits: ServerLimits | null
  readonly because: string | null
}

/** Limits that are worked out from too small a capacity would throttle what could carry more. */
function limitsFor(
  law: ScalingLaw,
  systems: readonly MeasuredSystem[],
  option: SizingOption,
  question: SizingQuestion,
): Limits {
  if (law.draw === undefined)
    return {
      limits: null,
      because:
        'the capacity is only known to be at least a rate, and limits by it might hold back what the backends can do: measure at higher rates',
    }
  const near = nearKnee(systems)
  if (near === undefined)
    return {
      limits: null,
      because:
        'no window lay just below the knee, so response times there are not known: add a stage at 0.95 of the knee',
    }
  const originWord = wordOriginLoad(question, option.hitRatio)
  return { limits: serverLimits(law, near, { ...option, originWord }, question), because: null }
}

const READINGS: readonly Reading[] = ['pessimistic', 'medians', 'optimistic']

/** The same question by three readings of both intervals; the first is the one to use. */
function rowsOf(
  law: ScalingLaw,
  origin: OriginLoad,
  demand: Demand,
  oddsOf: OddsOf | undefined,
): readonly SizingRow[] {
  const ends = {
    pessimistic: { load: origin.high.value, end: 'low' },
    medians: { load: origin.median, end: 'rps' },
    optimistic: { load: origin.low, end: 'high' },
  } as const
  return READINGS.flatMap(reading => {
    const { load, end } = ends[reading]
    // What is only known to be at least a rate has one reading.
    if (law.draw === undefined && reading !== 'pessimistic') return []
    const capacityOf = (n: number): number => law.at(n)[end]!
    const enough = leastBackends(capacityOf, law.peakBackends, { ...demand, load })
    const backends = enough === undefined ? null : withSpares(enough, demand.question)
    return {
      reading,
      capacityPerBackend: law.perBackend[end]!,
      originLoad: load,
      backends,
      odds: backends === null ? null : (oddsOf?.(backends, demand.question.hitRatio) ?? null),
      recommended: reading === 'pessimistic',
    }
  })
}
