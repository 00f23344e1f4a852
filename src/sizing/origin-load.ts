import { formatNumber, formatRate } from '../units/format.ts'
import type { OriginLoad } from './sizing-answer.ts'
import type { SizingQuestion } from './sizing-question.ts'

/** What users will ask for at the peak by its upper end, before any cache: λ_p⁺·(1 + g). */
export const grownPeak = ({ peak, growth }: SizingQuestion): number => peak.high * (1 + growth)

/** λₒ = λ_p·(1 + g)·(1 − h): what of the peak reaches the backends. */
export function originLoad(question: SizingQuestion): OriginLoad {
  const { peak, growth, hitRatio } = question
  const scale = (1 + growth) * (1 - hitRatio)
  return {
    low: peak.low * scale,
    median: Math.sqrt(peak.low * peak.high) * scale,
    high: { value: peak.high * scale, from: wordOriginLoad(question, hitRatio) },
  }
}

/** With its numbers filled in, for a hit ratio that need not be the question's. */
export function wordOriginLoad({ peak, growth }: SizingQuestion, hitRatio: number): string {
  const value = formatRate(peak.high * (1 + growth) * (1 - hitRatio))
  return (
    'λₒ = peak × (1 + growth) × (1 − hit ratio) = ' +
    `${formatRate(peak.high)} × ${formatNumber(1 + growth, 4)} × ${formatNumber(1 - hitRatio, 4)} = ${value}`
  )
}
