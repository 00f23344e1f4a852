import { topRate } from '../plan/load-profile.ts'
import type { Plan } from '../plan/plan.ts'
import type { Calibration, Pacing } from '../result/result.ts'
import { calibrate } from '../trial/calibrate.ts'
import { formatNumber, formatRate } from '../units/format.ts'
import { perSecond } from '../units/quantity.ts'
import type { Voice } from './voice.ts'

/** Beyond that part of its ceiling a generator falls behind in bursts, of Poisson arrivals or of late answers. */
const USABLE = 0.7
const SECONDS = 3

/** What a ceiling is asked for: of workers alone, or as a plan uses them. */
export interface CalibrationOrder {
  readonly plan?: Plan
  readonly workers: number
  /** Absent: `spin`. */
  readonly pacing?: Pacing
}

/** Measures the ceiling and says it. */
export async function measureCeiling(
  { plan, workers, pacing = 'spin' }: CalibrationOrder,
  voice: Voice,
): Promise<Calibration> {
  const without = plan?.target.protocol === 'https' ? ', and TLS, which costs more, is not part of it' : ''
  voice.say(`calibrating for ${SECONDS} s; nothing leaves this machine${without}\n`)
  const measured = await calibrate({ ...(plan && { plan }), workers, pacing, seconds: SECONDS })
  voice.say(`${describeCeiling(measured)}\n`)
  return measured
}

/** The ceiling in plain words, rounded to what one short measurement can tell. */
export function describeCeiling(calibration: Calibration): string {
  const { ceilingRps, workers } = calibration
  const threads = workers === 1 ? '1 worker' : `${workers} workers`
  const made = formatNumber(Number(ceilingRps.toPrecision(3)), 3)
  return (
    `this machine, with ${threads}, makes ${made} requests/s against a responder in its own process; ` +
    `plan for at most ${formatNumber(USABLE * 100)} % of that, ${formatRate(roundDown(usableRps(calibration)))}`
  )
}

/** Why the plan is beyond this generator, and what to change; undefined where it is not. */
export function refuseRate(plan: Plan, calibration: Calibration): string | undefined {
  const most = usableRps(calibration)
  const rate = formatRate(roundDown(most))
  const { search } = plan
  // A search stops where the generator does, but there must be something between its first rate and that one.
  const isWithin = search === undefined ? topRate(plan) <= most : search.from < roundDown(most)
  if (isWithin) return undefined
  const asked =
    search === undefined ? `goes up to ${formatRate(topRate(plan))}` : `begins at ${formatRate(search.from)}`
  const less = search === undefined ? `a top stage of at most ${rate}` : `a search that begins below ${rate}`
  return (
    `Nothing was sent: the scenario ${asked}, and this generator can be trusted up to ${rate}.\n` +
    `What to change: more --workers (now ${calibration.workers}) if there are idle processors, a faster machine, ` +
    `or ${less}.\n`
  )
}

/** A search goes no further than the generator can be trusted; says so where that is less than was asked for. */
export function limitSearch(
  plan: Plan,
  calibration: Calibration,
): { readonly plan: Plan; readonly said: string } {
  const { search } = plan
  const most = perSecond(roundDown(usableRps(calibration)))
  if (search === undefined || search.to <= most) return { plan, said: '' }
  const said =
    `the search goes up to ${formatRate(most)} instead of ${formatRate(search.to)}: ` +
    'this generator is not trusted beyond that\n'
  return { plan: { ...plan, search: { ...search, to: most } }, said }
}

/** For programs, as it stands under `run` in a report. */
export function calibrationJson(calibration: Calibration): string {
  const usable = Math.floor(usableRps(calibration))
  return `${JSON.stringify({ calibration, usableRps: usable }, undefined, 2)}\n`
}

const usableRps = ({ ceilingRps }: Calibration): number => ceilingRps * USABLE

/** To two significant digits. */
function roundDown(rate: number): number {
  const unit = 10 ** (Math.floor(Math.log10(Math.max(1, rate))) - 1)
  return Math.floor(rate / unit) * unit
}
