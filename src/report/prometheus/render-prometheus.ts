import type { Report } from '../report.ts'
import { capacityFamilies } from './capacity-families.ts'
import { expose } from './exposition.ts'
import type { MetricFamily } from './exposition.ts'
import { runFamilies } from './run-families.ts'
import { stageFamilies } from './stage-families.ts'

/** The report's numbers as metrics. Scenario and target stand on every series, so that reports may lie side by side. */
export function renderPrometheus(report: Report): string {
  const about = { scenario: report.run.name, target: report.run.target }
  const families = [...runFamilies(report), ...capacityFamilies(report), ...stageFamilies(report)]
  return expose(
    families.map((family): MetricFamily => ({
      ...family,
      samples: family.samples.map(sample => ({ ...sample, labels: { ...about, ...sample.labels } })),
    })),
  )
}
