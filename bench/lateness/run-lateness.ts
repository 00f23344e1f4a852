import { chooseCores, pinSelf } from '../support/cores.ts'
import { findProgram, gatherPrograms } from '../support/debian-programs.ts'
import { describeMachine, loadAverage, machineTicks } from '../support/describe-machine.ts'
import { say } from '../support/say.ts'
import type { Workshop } from '../support/workshop.ts'
import { measureLateness } from './measure-lateness.ts'
import { hey, measureOther, wrk2 } from './measure-other.ts'
import type { RateLimited } from './measure-other.ts'
import { tellLateness } from './tell-lateness.ts'
import type { Measured, OtherRow, Row } from './tell-lateness.ts'

export interface LatenessOptions {
  readonly seconds: number
  readonly rates: readonly number[]
  readonly mayInstall: boolean
  readonly mayWrite: boolean
}

const HEY = { name: 'hey', package: 'hey' }

/** Coarse pacing is meant for moderate rates. */
const LOW_CPU_RATES = new Set([100, 1000, 10_000])

/** Gives the exit code: 1 when a target was missed. */
export async function runLateness(workshop: Workshop, options: LatenessOptions): Promise<number> {
  const { rates, seconds } = options
  const [ticks, load] = [machineTicks(), loadAverage()]
  const cores = chooseCores()
  if (cores.server === cores.generator) say('Only one core: server and generator share it.')
  const other = rateLimited(options.mayInstall)
  pinSelf(cores.server)
  const rows: Row[] = []
  const others: OtherRow[] = []
  for (const ratePerSecond of rates) {
    const wish = { cores, ratePerSecond, seconds }
    for (const pacing of ['spin', 'low-cpu'] as const) {
      if (pacing === 'low-cpu' && !LOW_CPU_RATES.has(ratePerSecond)) continue
      say(`${ratePerSecond}/s, ${pacing}: ${seconds} s`)
      const flags = pacing === 'spin' ? [] : ['--low-cpu']
      rows.push({ ratePerSecond, pacing, ...(await measureLateness(workshop, { ...wish, flags })) })
    }
    if (other === undefined) continue
    say(`${ratePerSecond}/s, ${other.name}: ${seconds} s`)
    others.push({ ratePerSecond, ...(await measureOther(workshop, other, wish)) })
  }
  const measured: Measured = {
    rows,
    others,
    otherName: other?.name ?? '',
    machine: describeMachine(ticks, load),
  }
  return tellLateness(measured, options)
}

/** wrk2 where somebody has built it; it is in no distribution. */
function rateLimited(mayInstall: boolean): RateLimited | undefined {
  const wrk2Path = findProgram('wrk2')
  if (wrk2Path !== undefined) return wrk2(wrk2Path)
  const path = gatherPrograms([HEY], mayInstall).get(HEY.name)
  return path === undefined ? undefined : hey(path)
}
