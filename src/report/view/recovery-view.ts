import { formatRate, formatShare } from '../../units/format.ts'
import type { Report } from '../report.ts'
import type { Statement } from '../view.ts'
import { sentence } from './sentence.ts'
import { wordSeconds } from './word-seconds.ts'

export function viewRecovery({ recovery, capacity, trust }: Report): Statement {
  if (recovery === null) {
    if (!trust.ok) return { text: 'Cannot tell: the run cannot be believed.', tone: 'unsure' }
    const overloaded = capacity.knee.bound !== 'at-least' && capacity.knee.bound !== 'none'
    return {
      text: overloaded
        ? 'Not observed: the load never fell below the knee again.'
        : 'Not observed: the target was not overloaded.',
      tone: 'plain',
    }
  }
  const because = recovery.because === '' ? '' : ` ${sentence(recovery.because)}`
  const rest = because + wordRate(recovery)
  if (recovery.recovered) {
    return {
      text: `Recovered ${wordTime(recovery.seconds)}after the load fell below the knee.${rest}`,
      tone: recovery.vulnerable === null ? 'good' : 'bad',
    }
  }
  if (recovery.latched)
    return {
      text: `Did not recover, not even without any load (latched): it takes a restart.${rest}`,
      tone: 'bad',
    }
  const held = recovery.metastable ? ' It stays down by itself (metastable) although the load is gone.' : ''
  return { text: `Did not recover within the run.${held}${rest}`, tone: 'bad' }
}

/** R, the rate at which it comes back, and the stretch of rates that hold but that it does not come back at. */
function wordRate({ rateRps, ratio, vulnerable, latched }: NonNullable<Report['recovery']>): string {
  if (rateRps === null || latched) return ''
  const part = ratio === null ? '' : `, ${formatShare(ratio)} of the knee`
  const back =
    rateRps === 0
      ? ' It came back only without any load'
      : ` It comes back at ${formatRate(rateRps)} (R)${part}`
  if (vulnerable === null) return `${back}.`
  return (
    `${back}. From ${formatRate(vulnerable.fromRps)} to ${formatRate(vulnerable.toRps)} it is vulnerable: it sustains ` +
    'these rates, but once overloaded it does not come back at them.'
  )
}

function wordTime(seconds: number | null): string {
  if (seconds === null) return ''
  return seconds === 0 ? 'at once ' : `${wordSeconds(seconds)} `
}
