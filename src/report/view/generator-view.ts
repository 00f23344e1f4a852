import { formatNumber, formatShare } from '../../units/format.ts'
import type { Report } from '../report.ts'
import type { Fact, GeneratorView, Statement } from '../view.ts'
import { countOf } from './sentence.ts'
import { wordSeconds } from './word-seconds.ts'

/** The generator's own health: was it the limit, and how late did it send? */
export function viewGenerator({ generator, windows }: Pick<Report, 'generator' | 'windows'>): GeneratorView {
  const { workers, latenessUs, cpuShare, eventLoopUtilisation, longestStallMs, garbageCollectionMs } =
    generator
  const facts: Fact[] = [
    { label: 'workers', value: formatNumber(workers, 12) },
    {
      label: 'sent late by',
      value: `${us(latenessUs.p50)} p50, ${us(latenessUs.p99)} p99, ${us(latenessUs.max)} max`,
    },
    { label: 'CPU', value: `${formatShare(cpuShare)} of what its workers could use` },
    {
      label: 'event loop',
      value: `busy ${formatShare(eventLoopUtilisation)}; longest stall ${ms(longestStallMs)}`,
    },
    { label: 'garbage collection', value: ms(garbageCollectionMs) },
  ]
  return { ...judged(generator, windows.length), facts: latenessUs.p99 === null ? [] : facts }
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
