import { quantileUs, totalCount } from '../result/counts.ts'
import { clopperPearson } from '../statistics/binomial.ts'
import { nothing } from './capacity-readings.ts'
import type { Read } from './capacity-readings.ts'
import type { RunFigures } from './run-figures.ts'
import { figuresAtRate } from './steady-load.ts'
import type { LoadFigures } from './steady-load.ts'
import { percentileInterval } from './percentile-interval.ts'

/** A percentile with fewer requests beyond it is hardly more than its largest few. */
const LEAST_BEYOND = 5

export interface LoadQuestion {
  readonly rateRps: number
  /** Name of one request of the scenario; null: all of them. */
  readonly route: string | null
  /** Give the interval within the run as well; it takes a tenth of a second. */
  readonly withInterval: boolean
}

export const readPercentile =
  (q: number, question: LoadQuestion): Read =>
  run => {
    const figures = figuresFor(run, question)
    const count = figures === undefined ? 0 : totalCount(figures.responseTimes)
    const p = `p${Math.round(q * 100)}`
    if (figures === undefined || count === 0) return nothing(run, 'it never held that rate')
    if (count * (1 - q) < LEAST_BEYOND - 1e-9)
      return nothing(run, `${count} requests at that rate are too few for a ${p}`)
    const us = quantileUs(figures.responseTimes, q) ?? 0
    if (us <= 0) return nothing(run, 'its response times are below the clock’s resolution')
    const within = question.withInterval ? percentileInterval(figures.windows, q) : undefined
    return {
      run: run.label,
      bound: 'measured',
      value: us / 1000,
      low: within === undefined ? null : within.lowUs / 1000,
      high: within === undefined ? null : within.highUs / 1000,
      because: null,
    }
  }

export const readErrors =
  (question: LoadQuestion): Read =>
  run => {
    const figures = figuresFor(run, question)
    if (figures === undefined || figures.offered === 0) return nothing(run, 'it never held that rate')
    const { errors, offered } = figures
    const { low, high } = clopperPearson(errors, offered)
    return { run: run.label, bound: 'measured', value: errors / offered, low, high, because: null }
  }

export function figuresFor(run: RunFigures, { rateRps, route }: LoadQuestion): LoadFigures | undefined {
  if (route === null) return figuresAtRate(run.steady, rateRps)
  const request = run.result.plan.requests.findIndex(({ name }) => name === route)
  return request < 0 ? undefined : figuresAtRate(run.steady, rateRps, request)
}
