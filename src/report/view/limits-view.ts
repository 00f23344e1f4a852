import type { Capacity, Cause } from '../../analysis/findings.ts'
import { formatRate, formatShare } from '../../units/format.ts'
import type { Report } from '../report.ts'
import type { CauseView, LimitsView, Statement } from '../view.ts'
import { sentence } from './sentence.ts'

const LIMITS: Readonly<Record<NonNullable<Capacity['limitedBy']>, Statement>> = {
  latency: { text: 'Response time: answers become too slow before anything else gives.', tone: 'bad' },
  errors: { text: 'Errors: the target begins to answer with errors.', tone: 'bad' },
  throughput: { text: 'Throughput: more load brings no more good answers.', tone: 'bad' },
  generator: { text: 'The load generator: it gave out before the target did.', tone: 'unsure' },
}

/** What stands in the way of more: the kind of limit, and the causes with what speaks for each. */
export function viewLimits({ trust, capacity, causes, search }: Report): LimitsView {
  const because = trust.ok ? sentence(capacity.knee.because) : ''
  return {
    ...limit(trust.ok, capacity, search?.flags.includes('budget-spent') === true),
    because,
    saturation: trust.ok && capacity.saturation !== null ? wordSaturation(capacity.saturation) : null,
    causes: causes.map((cause, index) => viewCause(cause, index, because)),
  }
}

function limit(trusted: boolean, { limitedBy, knee }: Capacity, isCutShort: boolean): Statement {
  if (limitedBy !== null && (trusted || limitedBy === 'generator')) return LIMITS[limitedBy]
  if (!trusted) return { text: 'Cannot tell: the run cannot be believed.', tone: 'unsure' }
  if (knee.bound !== 'at-least') return { text: 'Cannot tell: the run does not show it.', tone: 'unsure' }
  if (isCutShort)
    return {
      text: 'Cannot tell: the search ended before it knew what the target does not carry.',
      tone: 'unsure',
    }
  return { text: 'Nothing limited the target at the rates that were tried.', tone: 'good' }
}

const wordSaturation = ({ rps, low, high }: NonNullable<Capacity['saturation']>): string =>
  `Under overload it still gives ${formatRate(rps)} good answers (${formatRate(low)} to ${formatRate(high)}).`

/** Evidence that says what the knee's reason says already is left out. */
const viewCause = (
  { cause, certainty, claim, evidence, next }: Cause,
  index: number,
  because: string,
): CauseView => ({
  name: cause === 'none' ? 'no cause found' : cause.replaceAll('-', ' '),
  certainty: cause === 'none' ? '' : `${formatShare(certainty)} certain`,
  claim: sentence(claim),
  evidence: evidence.map(sentence).filter(text => text !== because),
  next: index === 0 || next === '' ? null : sentence(next),
})
