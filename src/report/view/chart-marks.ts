import { formatRate } from '../../units/format.ts'
import type { WindowFigures } from '../../analysis/findings.ts'
import type { Report } from '../report.ts'
import type { Band, Mark } from '../view.ts'
import { seenStatuses, statusName } from './gateway-statuses.ts'
import { kneeMark } from './load-curve.ts'

/** The knee and the onsets along the axis of offered load. */
export function loadMarks(report: Report): readonly Mark[] {
  const knee = kneeMark(report)
  const marks: Mark[] = knee === null ? [] : [{ ...knee, role: 'knee' }]
  if (!report.trust.ok) return marks
  for (const status of seenStatuses(report.onset)) {
    const onset = report.onset[status]
    if (onset?.loadRelated) {
      marks.push({
        at: onset.rps,
        role: 'onset',
        label: `${statusName(status)} from ${formatRate(onset.rps)}`,
      })
    }
  }
  return marks
}

/** The knee's interval, along the axis of the load or across it. */
export function kneeBands({ trust, capacity }: Report, axis: Band['axis']): readonly Band[] {
  const { low, high, bound } = capacity.knee
  if (!trust.ok || bound !== 'measured' || low === null || high === null) return []
  return [{ axis, from: low, to: high, role: 'knee', label: 'the interval of the knee' }]
}

/** The steps of a search are too many to name; its own chart tells them apart. */
export const stageMarks = ({ stages, search }: Report): readonly Mark[] =>
  (search === null ? stages : []).map(stage => ({ at: stage.fromSeconds, role: 'stage', label: stage.name }))

/** Stretches of time that are kept out of every conclusion. */
export function timeBands({ windows }: Report): readonly Band[] {
  return [
    ...stretches(windows, window => window.warmup, 'warm-up', 'warm-up'),
    ...stretches(windows, window => !window.valid, 'invalid', 'where the generator was the limit'),
  ]
}

function stretches(
  windows: readonly WindowFigures[],
  belongs: (window: WindowFigures) => boolean,
  role: Band['role'],
  label: string,
): readonly Band[] {
  const bands: { axis: 'x'; from: number; to: number; role: Band['role']; label: string }[] = []
  let open = false
  for (const window of windows) {
    const inside = belongs(window)
    if (inside && open) bands.at(-1)!.to = window.toSeconds
    else if (inside) bands.push({ axis: 'x', from: window.fromSeconds, to: window.toSeconds, role, label })
    open = inside
  }
  return bands
}
