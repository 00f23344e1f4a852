import type { Stage } from '../plan/plan.ts'
import { nanoseconds, perSecond } from '../units/quantity.ts'
import type { Nanoseconds, RatePerSecond } from '../units/quantity.ts'
import { readBoolean, readMapping, readName, readOptional } from './field.ts'
import type { Field, Fields, Report } from './field.ts'
import { readDuration, readRate, readWhole } from './quantity-field.ts'
import { STAGE_KEYS } from './scenario-keys.ts'

/** The longest stage, and the longest run, in nanoseconds. */
export const DAY: number = 86_400e9
const MOST_STEPS = 1000

/** The name is kept where the stage has problems, so that duplicates are found anyway. */
export interface ReadStage {
  readonly name: string | undefined
  readonly stages: readonly Stage[] | undefined
}

/** One entry of `stages:`, `index` from 0; with `steps` it becomes as many constant stages. */
export function readStage(item: Field, index: number, report: Report): ReadStage | undefined {
  const fields = readMapping(item, STAGE_KEYS, report)
  if (fields === undefined) return undefined
  const named = fields.get('name')
  const name = named === undefined ? `stage ${index + 1}` : readName(named, report)
  const warm = fields.get('warmup')
  const warmup = warm === undefined ? false : readBoolean(warm, report)
  const ends = readEnds(item, fields, report)
  const times = readTimes(item, fields, report)
  if (name === undefined || warmup === undefined || ends === undefined || times === undefined)
    return { name, stages: undefined }
  const whole: Stage = { name, from: ends.from, to: ends.to, for: times.each, warmup }
  return { name, stages: times.steps === undefined ? [whole] : staircase(whole, times.steps) }
}

/** Constant stages from the first rate to the last, both included, in equal steps of rate and of time. */
function staircase(stage: Stage, steps: number): readonly Stage[] {
  return Array.from({ length: steps }, (_, i) => {
    const rate = perSecond(stage.from + ((stage.to - stage.from) * i) / (steps - 1))
    return { ...stage, name: `${stage.name} ${i + 1}/${steps}`, from: rate, to: rate }
  })
}

interface Ends {
  readonly from: RatePerSecond
  readonly to: RatePerSecond
}

/** Either `rate`, or `from` and `to`. */
function readEnds({ path, tree }: Field, fields: Fields, report: Report): Ends | undefined {
  const has = ['rate', 'from', 'to'].filter(key => fields.has(key)).join(' and ')
  const [rate, from, to] = ['rate', 'from', 'to'].map(key => readOptional(fields.get(key), readRate, report))
  const stepsOfOneRate = has === 'rate' && fields.has('steps')
  if (!stepsOfOneRate && (has === 'rate' || has === 'from and to')) {
    const [first, last] = has === 'rate' ? [rate, rate] : [from, to]
    return first === undefined || last === undefined ? undefined : { from: first, to: last }
  }
  const what = stepsOfOneRate ? 'steps of one rate' : has === '' ? 'no rate' : `${has} alone`
  const message = `${path} has ${has.includes('rate and') ? has : what}`
  const fix = 'write either rate: 200/s, or from: 50/s and to: 1500/s'
  return report({ code: 'scenario/stage-rate', message, fix }, tree.at)
}

interface Times {
  /** Of one step, or of the whole stage if it has no steps. */
  readonly each: Nanoseconds
  readonly steps?: number
}

/** `for`; with `steps` either `for`, over all of them, or `each`. */
function readTimes({ path, tree }: Field, fields: Fields, report: Report): Times | undefined {
  const has = ['for', 'each', 'steps'].filter(key => fields.has(key)).join(' and ')
  const upToADay = (field: Field): Nanoseconds | undefined => readDuration(field, DAY, report)
  const whole = readOptional(fields.get('for'), upToADay, report)
  const each = readOptional(fields.get('each'), upToADay, report)
  const steps = readOptional(fields.get('steps'), field => readWhole(field, 2, MOST_STEPS, report), report)
  if (has === 'for') return whole === undefined ? undefined : { each: whole }
  if (has === 'for and steps') return spread(whole && steps && whole / steps, steps)
  if (has === 'each and steps') return spread(each, steps)
  const message = `${path} has ${has === '' ? 'no duration' : has.includes('for and') ? has : `${has} alone`}`
  const fix = fields.has('steps')
    ? 'write either for: 60s for all steps together, or each: 5s for one of them'
    : 'write, for example, for: 30s'
  return report({ code: 'scenario/stage-duration', message, fix }, tree.at)
}

function spread(each: number | undefined, steps: number | undefined): Times | undefined {
  return each === undefined || steps === undefined ? undefined : { each: nanoseconds(each), steps }
}
