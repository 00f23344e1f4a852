import type { NextKnee } from '../history/expect-next.ts'
import type { RateEstimate } from '../analysis/findings.ts'
import { formatRate, formatShare } from '../units/format.ts'
import type { Share } from '../units/quantity.ts'
import type { Candidate, GateRule } from './gate.ts'
import { FAILED, PASSED, UNDECIDED, leftOpen } from './gate.ts'

interface Asked {
  readonly margin: Share
  readonly strict: boolean
}

type Judged = Pick<GateRule, 'verdict' | 'warned' | 'because'>

/** Does the knee lie below the interval that one more run is expected in, by more than the margin? */
export function historyRule({ label, report }: Candidate, next: NextKnee, asked: Asked): GateRule {
  const { trust, capacity } = report
  const judged: Judged = trust.ok
    ? judgeKnee(capacity.knee, next, asked)
    : { ...UNDECIDED, because: 'the run cannot be believed' }
  return {
    group: 'history',
    run: label,
    name: 'the knee is no lower than the history expects',
    measured: trust.ok ? wordKnee(capacity.knee) : 'nothing that can be trusted',
    ...judged,
  }
}

function judgeKnee(
  knee: Omit<RateEstimate, 'confidence'>,
  next: NextKnee,
  { margin, strict }: Asked,
): Judged {
  if (next.is === 'too-few')
    return {
      ...leftOpen(strict),
      because:
        `the history has ${next.runs} comparable ${next.runs === 1 ? 'run' : 'runs'} that can be believed; ` +
        `how far runs lie apart is known from ${next.needed}`,
    }
  const { low, high, confidence, runs } = next
  // ln(1 + δ) below the lower end, as in a comparison of one run with many.
  const floor = low / (1 + margin)
  const expected = `expected from ${formatRate(low)} to ${formatRate(high)} (${formatShare(confidence)} confidence, ${runs} runs)`
  const side = isBelow(knee, floor)
  if (side === undefined)
    return {
      ...leftOpen(strict),
      because: `${expected}, and the run does not show on which side of ${formatRate(floor)} its knee lies`,
    }
  const limit = `${formatRate(floor)}, the lower end less the margin of ${formatShare(margin)}`
  return side
    ? { ...FAILED, because: `${expected}; it lies below ${limit}` }
    : { ...PASSED, because: `${expected}; it does not lie below ${limit}` }
}

/** Undefined where a bound leaves both open. */
function isBelow(
  { bound, rps, low, high }: Omit<RateEstimate, 'confidence'>,
  floor: number,
): boolean | undefined {
  switch (bound) {
    case 'measured':
      return rps === null ? undefined : rps < floor
    case 'at-least':
      return (low ?? rps ?? 0) >= floor ? false : undefined
    case 'at-most':
      return (high ?? rps ?? Infinity) < floor ? true : undefined
    case 'none':
      return undefined
    default:
      return bound satisfies never
  }
}

function wordKnee({ bound, rps }: Pick<RateEstimate, 'bound' | 'rps'>): string {
  if (bound === 'none' || rps === null) return 'no knee'
  const words = { measured: '', 'at-least': 'at least ', 'at-most': 'at most ' } as const
  return `${words[bound]}${formatRate(rps)}`
}
