import { formatDuration, formatNumber, formatRate } from '../../units/format.ts'
import { seconds } from '../../units/quantity.ts'
import { survivors } from '../backends-need.ts'
import { chooseLaw } from '../choose-law.ts'
import { wordOriginLoad } from '../origin-load.ts'
import type { ScalingLaw } from '../scaling-law.ts'
import { nearKnee, serverLimits } from '../server-limits-of.ts'
import type { ServerLimits } from '../server-limits.ts'
import { measuredWork } from '../simulation/measured-work.ts'
import type { MeasuredWork } from '../simulation/measured-work.ts'
import type { SizingAnswer, SizingOption } from '../sizing-answer.ts'
import { chooseSettings } from './choose-settings.ts'
import type { PeakSetting } from './verification.ts'

/** All that a proof by load takes. */
export interface ProofPlan {
  readonly option: SizingOption
  readonly settings: readonly PeakSetting[]
  readonly work: MeasuredWork
  /** Requests that one backend works on at a time: C₁·S to a whole number. */
  readonly slots: number
  /** What a gateway before so many backends is to be told; undefined where that cannot be said. */
  readonly limitsFor: (setting: PeakSetting) => ServerLimits | undefined
  /** What is built, in sentences. */
  readonly built: readonly string[]
}

export type ProofFound =
  | { readonly ok: true; readonly plan: ProofPlan }
  /** Why nothing can be built or proved. */
  | { readonly ok: false; readonly because: string }

/**
 * How the recommended option is to be proved.
 *
 * @param held for how long, in s, and whether one backend stands for all
 */
export function planProof(
  answer: SizingAnswer,
  held: { readonly seconds: number; readonly scaled: boolean },
): ProofFound {
  const { sized, systems, question, because } = answer
  const option = sized?.options.find(({ recommended }) => recommended)
  if (option === undefined) return { ok: false, because }
  if (option.holds !== true)
    return { ok: false, because: 'no option holds the peak, so that there is nothing to prove' }
  const law = chooseLaw(systems)
  if (law.draw === undefined)
    return {
      ok: false,
      because:
        'the capacity is only known to be at least a rate, so that backends which carry exactly that cannot be built: measure at higher rates',
    }
  const work = measuredWork(systems, law)
  if (work === undefined)
    return {
      ok: false,
      because:
        'no report shows how long the work itself takes: add a stage at a third of the knee or less, or search',
    }
  const slots = Math.max(1, Math.round(work.atOnce))
  const settings = chooseSettings(option, law, question, held)
  const near = nearKnee(systems)
  return {
    ok: true,
    plan: {
      option,
      settings,
      work,
      slots,
      limitsFor: ({ backends, load }) =>
        near &&
        serverLimits(
          law,
          near,
          { backends, originLoad: load, originWord: wordOriginLoad(question, option.hitRatio) },
          question,
        ),
      built: wordBuilt(answer, option, law, work, slots),
    },
  }
}

const count = (value: number): string => formatNumber(value, 12)

function wordBuilt(
  { question }: SizingAnswer,
  { backends, hitRatio }: SizingOption,
  law: ScalingLaw,
  work: MeasuredWork,
  slots: number,
): readonly string[] {
  const left = survivors(backends, question)
  const each = law.at(left).low / left
  const mean = slots / each
  return [
    left === backends
      ? `${count(backends)} ${backends === 1 ? 'backend is' : 'backends are'} built, as none is to be survived; of fewer, as many fewer`
      : `Of ${count(backends)} backends ${count(left)} are built, those that are left after the loss that is to be survived; of fewer, as many fewer`,
    `A backend works on ${count(slots)} at a time (C₁ × S = ${formatNumber(work.atOnce)}), each as long as ${count(work.answers)} requests of the run took, × ${formatNumber(mean / work.mean)}, so that it carries ${formatRate(each)}, the lower end of what was measured`,
    ...(hitRatio > 0 ? ['What a cache answers does not come'] : []),
    `Requests come at random (Poisson); whoever would wait for more than ${formatDuration(seconds(question.queueBudget))} is turned away with 503, unless a real gateway has limits of its own`,
  ]
}
