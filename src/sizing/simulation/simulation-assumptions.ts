import { formatDuration, formatNumber, formatRate, formatShare } from '../../units/format.ts'
import { seconds } from '../../units/quantity.ts'
import type { SizingOption } from '../sizing-answer.ts'
import type { SizingQuestion } from '../sizing-question.ts'
import type { MeasuredWork } from './measured-work.ts'

interface Assumed {
  readonly options: readonly SizingOption[]
  readonly work: MeasuredWork
  readonly question: SizingQuestion
  readonly gatewayTimeout: number
  /** Whether the limits of a gateway are known. */
  readonly hasLimits: boolean
}

const count = (value: number): string => formatNumber(value, 12)
const time = (value: number): string => formatDuration(seconds(value))

/** What is simulated, and what was never measured and yet had to be something. */
export function simulationAssumptions(assumed: Assumed): readonly string[] {
  const { options, work, gatewayTimeout, hasLimits } = assumed
  const { answers, mean, capacity, atOnce, slots } = work
  const part = options.find(({ backends, simulated }) => simulated !== null && simulated.backends < backends)
  const unlimited = `a gateway without limits, which hands requests on in turn and gives up an answer after ${time(gatewayTimeout)}, with 504 (--gateway-timeout)`
  return [
    `Service takes what ${count(answers)} good answers took at a third of the knee and less, ${time(mean)} in the mean, whatever came before`,
    `A full backend does the work of C₁ × S = ${formatRate(capacity)} × ${time(mean)} = ${formatNumber(atOnce)} requests at a time, as it was measured to; no more than ${count(slots)} are begun at once`,
    'Requests come at random (Poisson), at the upper end of the peak; what a cache answers does not come, and is not in these times and shares',
    hasLimits
      ? `Nothing done is ${unlimited}. The other options have the limits that sizing works out for each, and least connections: whoever waits too long, or finds the queue full, gets 503`
      : `Every option has ${unlimited}, as no limits are known; the limiter lets in what the backends carry, and answers 503 to the rest`,
    clients(assumed.question),
    'Backends neither crash nor answer errors of their own, so that no 502 comes about; nginx without a queue says 502 where this says 503',
    ...(options.some(({ utilisation }) => utilisation > 1)
      ? ['An overload is shown with the backlog that it has built up by the end of the peak']
      : []),
    ...(part === undefined
      ? []
      : [
          `Of ${count(part.backends)} backends, ${count(part.simulated!.backends)} with their part of the load stand for all`,
        ]),
  ]
}

function clients({ retries, retryBudget }: SizingQuestion): string {
  if (retries === 0) return 'Clients wait for their answer, and take what they get'
  const budget =
    retryBudget === null
      ? ''
      : `, and over all of them for ${formatShare(retryBudget)} of the requests at most`
  return `Clients wait for their answer, and ask again at once where it is an error, up to ${count(retries)} times${budget}`
}
