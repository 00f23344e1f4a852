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
  if (recovery.recovered) {
    return {
      text: `Recovered ${wordTime(recovery.seconds)}after the load fell below the knee.${because}`,
      tone: 'good',
    }
  }
  const held = recovery.metastable ? ' It stays down by itself (metastable) although the load is gone.' : ''
  return { text: `Did not recover within the run.${held}${because}`, tone: 'bad' }
}

function wordTime(seconds: number | null): string {
  if (seconds === null) return ''
  return seconds === 0 ? 'at once ' : `${wordSeconds(seconds)} `
}
