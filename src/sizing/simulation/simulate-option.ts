import { PATIENT_CLIENT, PLAIN_GATEWAY } from '../../simulate/setting.ts'
import type { Gateway, ServiceLaw, Setting } from '../../simulate/setting.ts'
import { simulate } from '../../simulate/simulate.ts'
import type { ServerLimits } from '../server-limits.ts'
import type { SimulatedPeak, SizingOption } from '../sizing-answer.ts'
import type { SizingQuestion } from '../sizing-question.ts'
import type { MeasuredWork } from './measured-work.ts'
import { simulationExtent } from './simulation-extent.ts'

/** What stands before the backends of an option. */
export interface Before {
  /** What the gateway is told; without, it hands everything on, and backends queue without end. */
  readonly limits: ServerLimits | null
  /** After which a gateway that is told nothing gives up an answer, in s. */
  readonly gatewayTimeout: number
}

/**
 * The peak with an option. As long as nobody waits, a request takes what it took in the run; a full backend gets through as many as it was
 * measured to carry. What its neighbours take from it makes each request slower in proportion.
 *
 * @param capacity of all its backends together
 */
export function simulateOption(
  option: SizingOption,
  capacity: number,
  work: MeasuredWork,
  { limits, gatewayTimeout }: Before,
  question: SizingQuestion,
): SimulatedPeak {
  const { backends: all, originLoad } = option
  const each = capacity / all
  const rate = originLoad / all
  const limiter = limiterOf(option, each, limits)
  const { backends, load } = simulationExtent({
    backends: all,
    capacity: each,
    rate,
    admitted: Math.min(rate, limiter?.rate ?? Infinity),
    mostHeld: limits === null ? gatewayTimeout * each : limits.maxConcurrent.value + limits.queue.value,
    isBounded: limits !== null,
    peakLasts: question.peakLasts,
  })
  const { serviceTimes, atOnce, slots } = work
  const law: ServiceLaw = { kind: 'measured', timesUs: serviceTimes, scale: work.capacity / each }
  const setting: Setting = {
    cache: null,
    limiter: limiter && { ...limiter, rate: limiter.rate * backends },
    gateway: gatewayOf(limits, gatewayTimeout),
    backends: { count: backends, slots, power: atOnce, errorShare: 0 },
    client: { ...PATIENT_CLIENT, retries: question.retries, retryBudget: question.retryBudget },
  }
  const { requests, shares, responseTimes } = simulate(setting, law, load)
  return {
    requests,
    backends,
    mean: responseTimes?.mean ?? null,
    p50: responseTimes?.p50 ?? null,
    p99: responseTimes?.p99 ?? null,
    endings: {
      '200': shares['200'].value,
      '429': shares['429'].value,
      '502': shares['502'].value,
      '503': shares['503'].value,
      '504': shares['504'].value,
      'gave-up': shares['gave-up'].value,
    },
  }
}

/** Where limits are known, their queue is what limits: whoever finds it full is turned away. */
const limiterOf = ({ name }: SizingOption, rate: number, limits: ServerLimits | null): Setting['limiter'] =>
  name === 'limiter' && limits === null ? { rate, burst: 1, status: 503 } : null

const gatewayOf = (limits: ServerLimits | null, gatewayTimeout: number): Gateway =>
  limits === null
    ? { ...PLAIN_GATEWAY, answerTimeout: gatewayTimeout }
    : {
        ...PLAIN_GATEWAY,
        balance: 'least-connections',
        maxConcurrent: limits.maxConcurrent.value,
        backendQueue: limits.queue.value,
        sharedQueue: 0,
        queueTimeout: limits.queueTimeout.value,
        answerTimeout: limits.answerTimeout.value,
        dropsAbandoned: true,
      }
