import { formatNumber, formatRate, formatShare } from '../../units/format.ts'
import type { Report } from '../report.ts'
import type { Fact, GeneratorView, Statement } from '../view.ts'
import { countOf } from './sentence.ts'
import { wordSeconds } from './word-seconds.ts'

/** The generator's own health: was it the limit, and how late did it send? */
export function viewGenerator({ generator, windows }: Pick<Report, 'generator' | 'windows'>): GeneratorView {
  const { latenessUs } = generator
  const [workers, ...rest] = healthFacts(generator)
  const late: Fact = {
    label: 'sent late by',
    value: `${us(latenessUs.p50)} p50, ${us(latenessUs.p99)} p99, ${us(latenessUs.max)} max`,
  }
  const pacing = pacingFact(generator)
  const ceiling = ceilingFacts(generator)
  const nothingSent = latenessUs.p99 === null
  return {
    ...judged(generator, windows.length),
    facts: nothingSent ? [] : [workers!, pacing, late, ...ceiling, ...rest],
    noted: nothingSent ? [] : [...(generator.pacing === 'timer' ? [pacing, late] : []), ...ceiling],
  }
}

const pacingFact = ({ pacing }: Report['generator']): Fact => ({
  label: 'pacing',
  value:
    pacing === 'timer'
      ? 'by timer (--low-cpu): requests leave up to a few milliseconds late'
      : 'spins over the last milliseconds before a request is due',
})

/** What it can make, where that was measured. */
function ceilingFacts({ ceilingRps, ceilingShare }: Report['generator']): readonly Fact[] {
  if (ceilingRps === null) return []
  const used =
    ceilingShare === null ? '' : `; the highest planned rate is ${formatShare(ceilingShare)} of that`
  return [{ label: 'ceiling', value: `${formatRate(ceilingRps)}, measured before the run${used}` }]
}

/** The same in a closed model, where nothing is due and so nothing late. */
export function viewClosedGenerator({
  generator,
  windows,
}: Pick<Report, 'generator' | 'windows'>): GeneratorView {
  const facts = healthFacts(generator)
  const { invalidWindows } = generator
  if (windows.length === 0)
    return { text: 'The generator sent nothing.', tone: 'unsure', facts: [], noted: [] }
  if (invalidWindows === 0) {
    const busy = formatShare(generator.eventLoopUtilisation)
    return { text: `The generator kept up: it was busy ${busy} of the time.`, tone: 'good', facts, noted: [] }
  }
  const share = `${formatNumber(invalidWindows, 12)} of ${countOf(windows.length, 'window')}`
  const text = `The generator was the limit in ${share}; the target may carry more than was seen there.`
  return { text, tone: 'unsure', facts, noted: [] }
}

function healthFacts(generator: Report['generator']): readonly Fact[] {
  const { workers, cpuShare, eventLoopUtilisation, longestStallMs, garbageCollectionMs } = generator
  return [
    { label: 'workers', value: formatNumber(workers, 12) },
    { label: 'CPU', value: `${formatShare(cpuShare)} of what its workers could use` },
    {
      label: 'event loop',
      value: `busy ${formatShare(eventLoopUtilisation)}; longest stall ${ms(longestStallMs)}`,
    },
    { label: 'garbage collection', value: ms(garbageCollectionMs) },
  ]
}

const us = (value: number | null): string => (value === null ? '–' : wordSeconds(value / 1e6))
const ms = (value: number): string => wordSeconds(value / 1000)

function judged({ invalidWindows, latenessUs }: Report['generator'], windows: number): Statement {
  if (invalidWindows > 0) {
    const share = `${formatNumber(invalidWindows, 12)} of ${countOf(windows, 'window')}`
    return {
      text: `The generator was the limit in ${share}; those say nothing about the target.`,
      tone: 'unsure',
    }
  }
  if (latenessUs.p99 === null) return { text: 'The generator sent nothing.', tone: 'unsure' }
  const text = `The generator kept up: 99 % of the requests left within ${us(latenessUs.p99)} of when they were due.`
  return { text, tone: 'good' }
}
