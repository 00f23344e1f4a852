import type { Stage } from '../plan/plan.ts'
import type { Directive } from '../search/search.ts'
import { formatRate } from '../units/format.ts'
import { nanoseconds, seconds } from '../units/quantity.ts'
import type { Nanoseconds } from '../units/quantity.ts'

const SECOND = seconds(1)

/** A second of load, as the search asks for it. */
export type Offer = Extract<Directive, { readonly kind: 'offer' }>

/** One second more: of the last stage, if that is what the search goes on with, else of a new one. */
export function withOneSecondMore(stages: readonly Stage[], { step, phase, rate }: Offer): readonly Stage[] {
  const last = stages.at(-1)
  if (last !== undefined && step === stages.length - 1) return withLastFor(stages, last.for + SECOND)
  const name = `${phase} ${formatRate(rate)}`
  return [...stages, { name, from: rate, to: rate, for: SECOND, warmup: false }]
}

/**
 * The stages of a search that ended at `reached`, however far ahead it was committed: the last one is as long as
 * it was carried out, in whole seconds, at least one.
 */
export function carriedOutUntil(stages: readonly Stage[], reached: Nanoseconds): readonly Stage[] {
  const before = stages.slice(0, -1).reduce((sum, stage) => sum + stage.for, 0)
  const whole = Math.ceil((reached - before) / SECOND) * SECOND
  return stages.length === 0 ? stages : withLastFor(stages, Math.max(SECOND, whole))
}

const withLastFor = (stages: readonly Stage[], length: number): readonly Stage[] => [
  ...stages.slice(0, -1),
  { ...stages.at(-1)!, for: nanoseconds(length) },
]
