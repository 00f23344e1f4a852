import { durationOf } from '../plan/plan.ts'
import type { Stage } from '../plan/plan.ts'
import { arrivalsOf } from '../plan/load-profile.ts'
import { formatDuration } from '../units/format.ts'
import { readList } from './field.ts'
import type { Field, Report } from './field.ts'
import { DAY, readStage } from './stage.ts'
import { reportDuplicates } from './unique-names.ts'

/** `stages:` in order, staircases spread out. Undefined when any of them has a problem. */
export function readStages(field: Field, report: Report): readonly Stage[] | undefined {
  const items = readList(field, 'stage', '{ rate: 200/s, for: 30s }', report)
  if (items === undefined) return undefined
  const read = items.map((item, index) => readStage(item, index, report))
  reportDuplicates(
    'stage',
    items,
    read.map(stage => stage?.name),
    report,
  )
  const stages = read.flatMap(stage => stage?.stages ?? [])
  if (read.some(stage => stage?.stages === undefined)) return undefined
  const checks = [hasLoad(field, stages, report), endsWithinADay(field, stages, report)]
  return checks.includes(false) ? undefined : stages
}

/** Is there something to measure? */
function hasLoad({ tree }: Field, stages: readonly Stage[], report: Report): boolean {
  const measured = stages.filter(stage => !stage.warmup)
  if (measured.length === 0) {
    const message = 'every stage is a warm-up; nothing would be measured'
    report({ code: 'scenario/only-warmup', message, fix: 'add a stage without warmup: true' }, tree.at)
  } else if (measured.every(stage => arrivalsOf(stage) === 0)) {
    const message = 'no measured stage offers any load; every rate is 0/s'
    report({ code: 'scenario/no-load', message, fix: 'give a stage a rate, e.g. rate: 200/s' }, tree.at)
  }
  return measured.some(stage => arrivalsOf(stage) > 0)
}

export function endsWithinADay({ tree }: Field, stages: readonly Stage[], report: Report): boolean {
  const duration = durationOf({ stages })
  if (duration <= DAY) return true
  const message = `the stages take ${formatDuration(duration)} together; a run lasts at most 24 h`
  report({ code: 'scenario/too-long', message, fix: 'shorten the stages, or start several runs' }, tree.at)
  return false
}
