import { formatDuration, formatNumber, formatRate, formatShare } from '../units/format.ts'
import { seconds } from '../units/quantity.ts'
import { RETRY_UTILISATION } from './backends-need.ts'
import type { MeasuredSystem } from './measured-system.ts'
import type { ScalingLaw } from './scaling-law.ts'
import type { Derived, ServerLimits } from './server-limits.ts'
import type { SizingOption } from './sizing-answer.ts'
import type { SizingQuestion } from './sizing-question.ts'

/** Response times are those of windows at about this share of the knee. */
const NEAR_KNEE = 0.95
/** Standard deviations of a Poisson number of requests in service: where the rest waits, and where it is turned away. */
const DEVIATIONS = 3
const DEVIATIONS_WITHOUT_QUEUE = 5
/** Answers that take this many times as long as any should are given up. */
const PATIENCE = 2
/** Retries as Envoy allows them where nobody says otherwise (its retry_budget). */
const USUAL_RETRY_BUDGET = 0.2

interface Near {
  readonly system: MeasuredSystem
  readonly responseTime: number
  readonly p99: number
}

/** The report whose response times count: of the most backends, and with windows just below the knee. */
export function nearKnee(systems: readonly MeasuredSystem[]): Near | undefined {
  const known = systems.flatMap((system): readonly Near[] => {
    const { responseTime, responseTimeP99: p99 } = system
    return responseTime === null || p99 === null ? [] : [{ system, responseTime, p99 }]
  })
  return known.reduce<Near | undefined>(
    (most, one) => (one.system.backends > (most?.system.backends ?? 0) ? one : most),
    undefined,
  )
}

/**
 * What a gateway before the backends of an option is to be told. By Little's law a backend works on L = λW requests at once; so many
 * and three standard deviations may be let in, and what waits for them leaves within the wait that is allowed.
 */
export function serverLimits(
  law: ScalingLaw,
  near: Near,
  option: Pick<SizingOption, 'backends' | 'originLoad'> & { readonly originWord: string },
  question: SizingQuestion,
): ServerLimits {
  const { backends: n } = option
  const whole = law.at(n).low
  const capacity = whole / n
  // Where it was measured: what more backends take from one another makes each slower, and it works on as many at once.
  const measured = near.system.capacity.low / near.system.backends
  const concurrency = NEAR_KNEE * measured * near.responseTime
  const within = limitWithin(concurrency)
  const queue = Math.floor(capacity * question.queueBudget + 1e-9)
  const giveUp = PATIENCE * (question.queueBudget + near.p99)
  const place = `in windows just below the knee of ${near.system.label}`
  return {
    backends: { value: n, from: `n = ${n}` },
    capacity: {
      value: capacity,
      from: `C₁ = X(${n}) / ${n} = ${formatRate(whole)} / ${n} = ${formatRate(capacity)}, lower end`,
    },
    responseTime: {
      value: near.responseTime,
      from: `W = ${time(near.responseTime)}, mean response time ${place}`,
    },
    responseTimeP99: { value: near.p99, from: `p99 = ${time(near.p99)} ${place}` },
    concurrency: {
      value: concurrency,
      from: `L = ${NEAR_KNEE} × C₁ × W = ${NEAR_KNEE} × ${formatRate(measured)} × ${time(near.responseTime)} = ${formatNumber(concurrency)} (Little)`,
    },
    maxConcurrent: within(DEVIATIONS),
    maxConcurrentWithoutQueue: within(DEVIATIONS_WITHOUT_QUEUE),
    queue: {
      value: queue,
      from: `q = ⌊C₁ × T_q⌋ = ⌊${formatRate(capacity)} × ${time(question.queueBudget)}⌋ = ${formatNumber(queue, 12)}`,
    },
    queueTimeout: {
      value: question.queueBudget,
      from: `T_q = ${time(question.queueBudget)}, how long a request may wait for its turn`,
    },
    answerTimeout: {
      value: giveUp,
      from: `${PATIENCE} × (T_q + p99) = ${PATIENCE} × (${time(question.queueBudget)} + ${time(near.p99)}) = ${time(giveUp)}`,
    },
    originPeak: { value: option.originLoad, from: option.originWord },
    ceiling: { value: whole, from: law.word(n) },
    retryBudget: retryBudget(whole, option.originLoad, question),
    zones: question.zones,
  }
}

const time = (value: number): string => formatDuration(seconds(value))

/** ⌈L + z√L⌉. */
const limitWithin =
  (concurrency: number) =>
  (deviations: number): Derived => {
    const value = Math.ceil(concurrency + deviations * Math.sqrt(concurrency) - 1e-9)
    const l = formatNumber(concurrency)
    return { value, from: `⌈L + ${deviations}√L⌉ = ⌈${l} + ${deviations} × √${l}⌉ = ${value}` }
  }

/** As given; else the usual one, or what of it leaves the load below 0.95 of the capacity. */
function retryBudget(whole: number, load: number, { retryBudget: given }: SizingQuestion): Derived {
  if (given !== null) return { value: given, from: `b = ${formatShare(given)}, as given` }
  const most = Math.max(0, (RETRY_UTILISATION * whole) / load - 1)
  return most >= USUAL_RETRY_BUDGET
    ? { value: USUAL_RETRY_BUDGET, from: `b = ${formatShare(USUAL_RETRY_BUDGET)}, as is usual` }
    : {
        value: most,
        from: `b = ${RETRY_UTILISATION} × X(n) / λₒ − 1 = ${RETRY_UTILISATION} × ${formatRate(whole)} / ${formatRate(load)} − 1 = ${formatShare(most)}`,
      }
}
