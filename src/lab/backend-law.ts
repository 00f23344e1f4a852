import type { Checked } from '../units/problem.ts'

/** Equal servers as a run saw one of them: plain numbers, which fit into a file. */
export interface BackendLaw {
  readonly schema: 'plimsoll/lab-backends@1'
  readonly backends: number
  /** What one of them carries, 1/s. */
  readonly capacityRps: number
  /** Requests that one of them works on at a time. */
  readonly slots: number
  /** Whoever would wait longer for a slot is answered 503 at once; null: everybody waits. */
  readonly mostWaitSeconds: number | null
  /** How long requests took while nobody waited. Multiplied until the capacity comes out. */
  readonly serviceTimes: readonly ServiceTimes[]
}

/** So many requests took a time between these two, any of them equally likely. */
export interface ServiceTimes {
  readonly fromSeconds: number
  readonly toSeconds: number
  readonly requests: number
}

export const LAW_SCHEMA = 'plimsoll/lab-backends@1'

const MOST_BACKENDS = 1000
const MOST_SLOTS = 1_000_000

/** What stands in a file, every mistake of it at once. */
export function readBackendLaw(text: string, file: string): Checked<BackendLaw> {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    read = undefined
  }
  const law = (typeof read === 'object' && read !== null ? read : {}) as Partial<BackendLaw>
  const wrong = mistakesOf(law)
  if (wrong.length === 0) return { ok: true, value: law as BackendLaw }
  return {
    ok: false,
    problems: wrong.map(message => ({
      code: 'lab/bad-law',
      message,
      fix: 'give a file that plimsoll size --verify has written',
      at: { file },
    })),
  }
}

function mistakesOf({
  schema,
  backends,
  capacityRps,
  slots,
  mostWaitSeconds,
  serviceTimes,
}: Partial<BackendLaw>): readonly string[] {
  if (schema !== LAW_SCHEMA) return [`it is no ${LAW_SCHEMA}`]
  const times: readonly Partial<ServiceTimes>[] = Array.isArray(serviceTimes) ? serviceTimes : []
  const checks: readonly (readonly [boolean, string])[] = [
    [isWhole(backends, MOST_BACKENDS), `backends is not a whole number from 1 to ${MOST_BACKENDS}`],
    [isAbove(capacityRps, 0), 'capacityRps is not a rate above 0'],
    [isWhole(slots, MOST_SLOTS), `slots is not a whole number from 1 to ${MOST_SLOTS}`],
    [mostWaitSeconds === null || isAbove(mostWaitSeconds, 0), 'mostWaitSeconds is neither null nor above 0'],
    [times.length > 0 && times.every(isTime), 'serviceTimes are not a list of times and numbers of requests'],
    [times.some(({ toSeconds }) => isAbove(toSeconds, 0)), 'serviceTimes take no time'],
  ]
  return checks.flatMap(([ok, message]) => (ok ? [] : [message]))
}

const isAbove = (value: unknown, least: number): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value > least

const isWhole = (value: unknown, most: number): boolean =>
  isAbove(value, 0) && Number.isInteger(value) && value <= most

const isTime = ({ fromSeconds, toSeconds, requests }: Partial<ServiceTimes>): boolean =>
  isAbove(fromSeconds, -Number.MIN_VALUE) &&
  isAbove(toSeconds, -Number.MIN_VALUE) &&
  isAbove(requests, 0) &&
  toSeconds >= fromSeconds
