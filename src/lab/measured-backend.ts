import type { Random } from '../units/random.ts'
import type { BackendLaw } from './backend-law.ts'
import type { LabModel } from './model.ts'
import { drawServiceTimes, meanServiceTime } from './service-table.ts'
import { createSlots } from './slots.ts'

/** A copy of every answer must not be kept: a cache before it would answer in its place. */
const HEADERS = { 'content-type': 'text/plain', 'cache-control': 'no-store' }
const OVERLOADED = { ...HEADERS, 'retry-after': '1' }

/**
 * By how much service takes longer than it was measured to, so that the slots together carry the capacity: c slots with mean S carry
 * c/S, hence c/(C·S).
 */
export const serviceScale = ({ slots, capacityRps, serviceTimes }: BackendLaw): number =>
  slots / (capacityRps * meanServiceTime(serviceTimes))

/** One backend: slots behind one queue, first come, first served, that nobody joins who would wait too long. */
export function createMeasuredBackend(law: BackendLaw, random: Random): LabModel {
  const slots = createSlots(law.slots)
  const next = drawServiceTimes(law.serviceTimes, serviceScale(law), random)
  const mostWait = law.mostWaitSeconds ?? Infinity
  return {
    arrive(at) {
      if (slots.startOf(at) - at > mostWait)
        return { status: 503, departsAtSeconds: at, headers: OVERLOADED, body: 'overloaded\n' }
      return { status: 200, departsAtSeconds: slots.admit(at, next()), headers: HEADERS }
    },
  }
}
