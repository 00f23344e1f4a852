import { smallest } from '../statistics/extremes.ts'
import { formatRate, formatShare } from '../units/format.ts'
import type { ComparedRate, MissingMetric, RateSlot } from './comparison.ts'
import type { RunFigures } from './run-figures.ts'
import { SAME_RATE, isAtRate } from './steady-load.ts'

export interface RateChoice {
  readonly rates: readonly ComparedRate[]
  readonly missing: readonly MissingMetric[]
}

/** Response times are compared where the margin for them makes sense: well below the knee. Bands around the shares that are aimed at. */
const SLOTS = [
  { slot: '30%', aim: 0.3, from: 0.2, to: 0.4 },
  { slot: '60%', aim: 0.6, from: 0.5, to: 0.65 },
] as const

type Sides = readonly [base: readonly RunFigures[], candidate: readonly RunFigures[]]

/**
 * The rates at which both sides held a constant load: those nearest to 30 % and 60 % of the base's knee, or, where that was not
 * measured, the lowest and the highest that all runs held.
 */
export function chooseRates(sides: Sides, kneeRps: number | null): RateChoice {
  const held = [...new Set(sides.flat().flatMap(({ steady }) => steady.map(({ rate }) => rate)))]
  return kneeRps === null ? outermost(sides, held) : nearKnee(sides, held, kneeRps)
}

function nearKnee(sides: Sides, held: readonly number[], kneeRps: number): RateChoice {
  const choices = SLOTS.map(({ slot, aim, from, to }) => {
    const inBand = held.filter(rate => rate >= from * kneeRps && rate <= to * kneeRps)
    const rated = inBand
      .map(rate => ({
        rate,
        runs: leastRunsAt(sides, rate),
        off: Math.abs(Math.log(rate / (aim * kneeRps))),
      }))
      .filter(({ runs }) => runs > 0)
      .sort((a, b) => b.runs - a.runs || a.off - b.off || a.rate - b.rate)
    const best = rated[0]
    return best === undefined
      ? { missing: [missingAt(slot, from * kneeRps, to * kneeRps)] }
      : { rates: [{ slot, rateRps: best.rate, shareOfKnee: best.rate / kneeRps }] }
  })
  return {
    rates: choices.flatMap(({ rates = [] }) => rates),
    missing: choices.flatMap(({ missing = [] }) => missing),
  }
}

function outermost(sides: Sides, held: readonly number[]): RateChoice {
  const runs = smallest(sides.map(side => side.length))
  const everywhere = held.filter(rate => leastRunsAt(sides, rate) === runs && runs > 0).sort((a, b) => a - b)
  const [low, high] = [everywhere[0], everywhere.at(-1)]
  if (low === undefined || high === undefined)
    return {
      rates: [],
      missing: [
        {
          id: 'load',
          label: 'latency and errors at equal rates',
          because: 'the base’s knee was not measured, and there is no constant rate that all runs held',
        },
      ],
    }
  const at = (slot: RateSlot, rateRps: number): ComparedRate => ({ slot, rateRps, shareOfKnee: null })
  const apart = high > low * (1 + SAME_RATE) ** 2
  return { rates: [...(apart ? [at('lowest', low)] : []), at('highest', high)], missing: [] }
}

/** Of the side that has fewer of them: runs that held this rate. */
const leastRunsAt = (sides: Sides, rate: number): number =>
  smallest(
    sides.map(side => side.filter(({ steady }) => steady.some(one => isAtRate(one.rate, rate))).length),
  )

const missingAt = (slot: RateSlot, low: number, high: number): MissingMetric => ({
  id: `load@${slot}`,
  label: `latency and errors at ${slot.replace('%', ' %')} of the knee`,
  because:
    `no rate from ${formatRate(low)} to ${formatRate(high)} was held constant, within ${formatShare(SAME_RATE)}, ` +
    'on both sides before any overload',
})
