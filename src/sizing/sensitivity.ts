import { formatNumber, formatRate } from '../units/format.ts'
import { grownPeak } from './origin-load.ts'
import type { ScalingLaw } from './scaling-law.ts'
import type { Sentence } from './sizing-answer.ts'
import type { SizingQuestion } from './sizing-question.ts'

const POINT = 0.01

/** What one point of hit ratio, one point of headroom and one backend are worth, each in the units of the others. */
export function sensitivity(
  law: ScalingLaw,
  question: SizingQuestion,
  utilisation: number,
  enough: number,
): readonly Sentence[] {
  const whole = grownPeak(question)
  const more = law.at(enough + 1).low - law.at(enough).low
  const perBackend = utilisation * more
  const load = whole * (1 - question.hitRatio)
  const point = whole * POINT
  const inBackends = (rate: number): string =>
    perBackend > 0 ? `, as much as ${formatNumber(rate / perBackend, 2)} backends carry` : ''
  return [
    {
      label: 'one point of hit ratio',
      text: `takes ${formatRate(point)} off the backends, ${formatNumber((100 * point) / load)} % of their load${inBackends(point)}`,
    },
    {
      label: 'one point of headroom',
      text: `lets ${formatRate(POINT * law.at(enough).low)} more be planned for${inBackends(POINT * law.at(enough).low)}`,
    },
    {
      label: 'one backend',
      text:
        perBackend > 0
          ? `carries ${formatRate(perBackend)} of the backends' load, as much as ${formatNumber((100 * perBackend) / whole, 2)} points of hit ratio take off them`
          : 'more carries no more',
    },
  ]
}
