import type { SizingQuestion } from './sizing-question.ts'

const BYTES_PER_GB = 1e9

/** Backends over the length of the peak, and what leaves the origin meanwhile; null where neither price was given. */
export function optionCost(
  { backends, served }: { readonly backends: number; readonly served: number },
  bytesPerAnswer: number,
  { costPerBackend, egressCost, peakLasts }: SizingQuestion,
): number | null {
  if (costPerBackend === null && egressCost === null) return null
  const gigabytes = (served * peakLasts * bytesPerAnswer) / BYTES_PER_GB
  return backends * (costPerBackend ?? 0) + gigabytes * (egressCost ?? 0)
}
