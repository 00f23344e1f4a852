import { measureCeiling } from '../generator/measure-ceiling.ts'
import type { Plan } from '../plan/plan.ts'
import { transportOf } from '../plan/transport.ts'
import type { Calibration, Pacing } from '../result/result.ts'

export interface CalibrationOptions {
  /** Whose protocol is used; absent: HTTP/1.1. TLS is not part of it. */
  readonly plan?: Plan
  readonly workers: number
  readonly pacing: Pacing
  /** How long to drive it: at least 2, the first second is not counted. */
  readonly seconds: number
}

/** What this generator makes on this machine, whatever the target: no more of it than 70 % should be used. */
export async function calibrate({ plan, ...options }: CalibrationOptions): Promise<Calibration> {
  const { protocol } = transportOf(plan ?? {})
  return { ceilingRps: await measureCeiling({ protocol, ...options }), workers: options.workers }
}
