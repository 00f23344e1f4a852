import { createPool } from '../../src/lab/pool.ts'
import type { Plan, Stage } from '../../src/plan/plan.ts'
import { isError } from '../../src/analysis/window-record.ts'
import { readMeasured } from '../../src/sizing/read-measured.ts'
import { sizeSystem } from '../../src/sizing/size-system.ts'
import { SIZING_DEFAULTS } from '../../src/sizing/sizing-question.ts'
import { createRandom } from '../../src/units/random.ts'
import { perSecond, seconds, share } from '../../src/units/quantity.ts'
import { carryOutVirtually } from '../../src/virtual/carry-out.ts'
import { FAMILIES, truthOf } from '../search/family.ts'
import type { Family } from '../search/family.ts'
import { carryOutTrial, drawTrial } from '../search/trial.ts'
import type { Trial } from '../search/trial.ts'

/** Servers whose end is no matter of opinion: a full queue answers 502, a gateway that waits in vain 504. */
export const SIZED: readonly string[] = ['MM1K', 'MMC-136', 'TIMEOUT']

/** One launch, as it goes to a worker thread. */
export interface Errand {
  readonly family: string
  readonly seed: number
  readonly inTurn: boolean
}

/** What was recommended for it, and what then happened. Rates in 1/s, shares 0 to 1. */
export interface Launch {
  readonly family: string
  readonly seed: number
  readonly peakRps: number
  /** Of one backend. */
  readonly trueRps: number
  readonly lowRps: number | null
  /** N; null where nothing was recommended. */
  readonly backends: number | null
  /** Share of the peak that ended badly with N backends, and with one fewer. */
  readonly badShare: number
  readonly badShareBelow: number
}

/** ε of the knee: a backend carries what it loses no more of. */
export const MOST_BAD = 0.01
/** Of the family's own rate, before it is multiplied: so neither the peak nor the number of backends knows the truth. */
const LEAST_PEAK = 1.5
const GREATEST_PEAK = 4
const FIRST_STREAM = 900
const SPLIT_STREAM = 990
/** What the knee is measured to, and how long that may take. */
const GOAL = { precision: share(0.005), budget: seconds(7200) }

const RISE: Stage = {
  name: 'rise',
  from: perSecond(0),
  to: perSecond(0),
  for: seconds(20),
  warmup: true,
}
/** Long enough for a backlog that grows by a three-hundredth of the load to be seen. */
const PEAK = seconds(900)

/** Measures one backend, asks how many a peak takes, and then lets the peak come, over so many and over one fewer. */
export function runErrand({ family: name, seed, inTurn }: Errand): Launch {
  const family = FAMILIES.find(known => known.name === name)
  if (family === undefined) throw new Error(`there is no family ${name}`)
  const random = createRandom(seed, FIRST_STREAM + FAMILIES.indexOf(family))
  const ownRate = truthOf(family, family.valuesAt(1), null).kneePerSecond!
  const peak = Math.round(ownRate * (LEAST_PEAK + (GREATEST_PEAK - LEAST_PEAK) * random.pick()))
  const trial = drawTrial(family, seed, GOAL)
  const { findings, records, result } = carryOutTrial(trial)
  const measured = readMeasured({ label: name, backends: 1, result, findings, records })
  const question = { ...SIZING_DEFAULTS, peak: { low: peak, high: peak }, headroom: 1, survive: 0 }
  const sized = measured.ok ? sizeSystem(question, [measured.system]).sized : null
  const backends = sized?.need.reachable === true ? sized.need.backends.value : null
  const badAt = (count: number): number => badShare(trial, family, count, { peak, inTurn })
  return {
    family: name,
    seed,
    peakRps: peak,
    trueRps: truthOf(family, trial.values, null).kneePerSecond!,
    lowRps: measured.ok ? measured.system.capacity.low : null,
    backends,
    badShare: backends === null ? 1 : badAt(backends),
    badShareBelow: backends === null ? 0 : badAt(backends - 1),
  }
}

/** Of the requests of a peak over so many backends as the measured one. */
function badShare(
  trial: Trial,
  { entry }: Family,
  count: number,
  { peak, inTurn }: { readonly peak: number; readonly inTurn: boolean },
): number {
  if (count < 1) return 1
  const servers = Array.from({ length: count }, (_, i) => entry.create(trial.values, trial.labSeed + 1 + i))
  const split = inTurn ? undefined : createRandom(trial.labSeed, SPLIT_STREAM)
  const rate = perSecond(peak)
  const { search: _measured, ...unstaged } = trial.plan
  const plan: Plan = {
    ...unstaged,
    stages: [
      { ...RISE, to: rate },
      { name: 'peak', from: rate, to: rate, for: PEAK, warmup: false },
    ],
  }
  const series = carryOutVirtually(plan, createPool(servers, split)).records.flatMap(record =>
    record.stage.warmup ? [] : record.series,
  )
  const all = series.reduce((sum, { count: n }) => sum + n, 0)
  return series.reduce((sum, one) => sum + (isError(one) ? one.count : 0), 0) / all
}
