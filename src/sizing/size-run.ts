import { readMeasured } from './read-measured.ts'
import type { MeasuredReport } from './read-measured.ts'
import { sizeSystem } from './size-system.ts'
import type { SizingAnswer } from './sizing-answer.ts'
import { SIZING_DEFAULTS } from './sizing-question.ts'

/**
 * What carries the peak that a run was told, by this run alone; null where it was told none. Backends, headroom and peak are those of its
 * findings, and no backend fails: so its findings have it.
 */
export function sizeRun({
  result,
  findings,
  records,
}: Omit<MeasuredReport, 'label' | 'backends'>): SizingAnswer | null {
  const { peakRps, headroom, backendsNow } = findings.sizing
  if (peakRps === null) return null
  const question = { ...SIZING_DEFAULTS, survive: 0, headroom, peak: { low: peakRps, high: peakRps } }
  const measured = readMeasured({ label: result.plan.name, backends: backendsNow, result, findings, records })
  return measured.ok ? sizeSystem(question, [measured.system]) : sizeSystem(question, [], [measured.leftOut])
}
