import type { LeftOut, MetricComparison, Reading, SideName } from './comparison.ts'
import { wordValue } from './word-change.ts'
import type { RunFigures } from './run-figures.ts'
import type { Samples } from './samples.ts'

/** Runs that were not used as measured, of which metrics, and why; equal reasons of one run stand together. */
export function leftOutRuns(
  base: readonly RunFigures[],
  candidate: readonly RunFigures[],
  metrics: readonly MetricComparison[],
): readonly LeftOut[] {
  return [...ofSide('base', base, metrics), ...ofSide('candidate', candidate, metrics)]
}

function ofSide(
  side: SideName,
  runs: readonly RunFigures[],
  metrics: readonly MetricComparison[],
): readonly LeftOut[] {
  return runs.flatMap(({ label, findings }, index) => {
    if (!findings.trust.ok) {
      const because = `the run cannot be trusted: ${findings.trust.reasons.join('; ')}`
      return [{ side, run: label, metrics: [], because }]
    }
    const byReason = new Map<string, string[]>()
    for (const metric of metrics) {
      const because = whyUnused(metric, metric[side][index]!)
      if (because !== undefined) byReason.set(because, [...(byReason.get(because) ?? []), metric.label])
    }
    return [...byReason].map(([because, labels]) => ({ side, run: label, metrics: labels, because }))
  })
}

function whyUnused(metric: MetricComparison, { bound, value, because }: Reading): string | undefined {
  if (bound === 'measured') return undefined
  if (bound === 'none' || value === null) return because ?? 'it says nothing of it'
  const words = bound === 'at-least' ? 'at least' : 'at most'
  return `only ${words} ${wordValue(metric, value)} is known`
}

/** Why a metric has nothing to compare: the reasons of the side that has less to say. */
export function whyMissing({ base, candidate }: Samples): string {
  const sides = [
    { name: 'base', side: base },
    { name: 'candidate', side: candidate },
  ]
  const reasons = sides
    .filter(({ side }) => side.every(({ reading }) => reading.bound === 'none'))
    .map(({ name, side }) => {
      const texts = [...new Set(side.map(({ reading }) => reading.because ?? 'it says nothing of it'))]
      return `${name}: ${texts.slice(0, 2).join('; ')}${texts.length > 2 ? '; …' : ''}`
    })
  return reasons.length === 0 ? 'no pair has it on both sides' : reasons.join('. ')
}
