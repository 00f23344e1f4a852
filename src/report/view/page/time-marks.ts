import { meanRateBetween } from '../../../plan/load-profile.ts'
import { seconds } from '../../../units/quantity.ts'
import type { Report } from '../../report.ts'
import type { Band, Chart, Mark } from '../../view.ts'
import { seenStatuses, statusName } from '../gateway-statuses.ts'

/** A chart over time with what happened when: stages as bands, when the knee was passed, and when errors were first seen. */
export const withTimeMarks = (chart: Chart, report: Report): Chart => ({
  ...chart,
  bands: [...stageBands(report), ...chart.bands],
  marks: [...chart.marks, ...events(report)],
})

/** Every other stage, so that one can be told from the next. */
const stageBands = ({ stages, search }: Report): readonly Band[] =>
  (search === null ? stages : [])
    .filter((_, index) => index % 2 === 1)
    .map(({ name, fromSeconds, toSeconds }) => ({
      axis: 'x',
      from: fromSeconds,
      to: toSeconds,
      role: 'stage',
      label: name,
    }))

function events(report: Report): readonly Mark[] {
  if (!report.trust.ok) return []
  const passed = kneePassed(report)
  const onsets = seenStatuses(report.onset).map((status): Mark => ({
    at: report.onset[status]!.atSeconds,
    role: 'onset',
    label: `first ${statusName(status)}`,
  }))
  return [
    ...(passed === null ? [] : [{ at: passed, role: 'knee', label: 'above the knee' } as const]),
    ...onsets,
  ]
}

/** The first time at which the plan asks for more than the knee; null where it does not, or goes up and down as a search does. */
function kneePassed({ windows, capacity, search, result }: Report): number | null {
  const { rps, bound } = capacity.knee
  if (rps === null || bound !== 'measured' || search !== null) return null
  const first = windows.find(
    ({ fromSeconds, toSeconds }) =>
      meanRateBetween(result.plan, seconds(fromSeconds), seconds(toSeconds)) > rps,
  )
  return first?.fromSeconds ?? null
}
