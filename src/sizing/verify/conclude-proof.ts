import { formatNumber, formatRate } from '../../units/format.ts'
import type { Verification, VerifiedPeak } from './verification.ts'

/**
 * Does what was seen agree with what was said? Something that was expected and did not come about, or the other way round, contradicts it;
 * the recommended number must have been seen to hold, and what is expected of the others to be as it is.
 */
export function concludeProof(peaks: readonly VerifiedPeak[]): Pick<Verification, 'verdict' | 'because'> {
  const against = peaks.filter(contradicts)
  if (against.length > 0) return { verdict: 'disagrees', because: against.map(wordAgainst).join('; ') }
  const recommended = peaks.find(({ role }) => role === 'recommended')
  const open = peaks.filter(
    one => one.holds === 'cannot-tell' && (one === recommended || one.expected !== 'cannot-tell'),
  )
  if (recommended === undefined || open.length > 0)
    return { verdict: 'cannot-tell', because: open.map(wordOpen).join('; ') || 'nothing was tried' }
  if (recommended.holds === 'no')
    return {
      verdict: 'cannot-tell',
      because: `${wordHolds(recommended)}, but the load is so near to what they carry that a longer run has to show it`,
    }
  return { verdict: 'agrees', because: wordAgreement(peaks) }
}

const contradicts = ({ expected, holds }: VerifiedPeak): boolean =>
  expected !== 'cannot-tell' && holds !== 'cannot-tell' && expected !== holds

function wordAgreement(peaks: readonly VerifiedPeak[]): string {
  const isBroken = peaks.some(({ holds }) => holds === 'no')
  return [
    `the proof agrees with the recommendation: ${peaks.map(wordHolds).join('; ')}`,
    ...(isBroken ? [] : ['no smaller number is sure to break']),
  ].join('; ')
}

const wordAgainst = (one: VerifiedPeak): string =>
  `the proof contradicts the recommendation: ${wordHolds(one)} (${one.because}), and by the sizing ${one.expected === 'yes' ? 'it should be held' : 'it should not be held'}`

const wordOpen = (one: VerifiedPeak): string =>
  `whether ${wordSetting(one)} can hold ${formatRate(one.load)} cannot be told: ${one.because}`

/** `4 backends with 3 left hold 500/s`. */
function wordHolds(one: VerifiedPeak): string {
  const { bought, load, holds } = one
  const verb =
    holds === 'yes' ? (bought === 1 ? 'holds' : 'hold') : bought === 1 ? 'does not hold' : 'do not hold'
  return holds === 'cannot-tell'
    ? `of ${wordSetting(one)} it cannot be told`
    : `${wordSetting(one)} ${verb} ${formatRate(load)}`
}

/** `4 backends`, `4 backends with 3 of them left`. */
function wordSetting({ bought, backends }: VerifiedPeak): string {
  const all = `${formatNumber(bought, 12)} ${bought === 1 ? 'backend' : 'backends'}`
  return bought === backends ? all : `${all} with ${formatNumber(backends, 12)} left`
}
