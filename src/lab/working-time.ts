/**
 * Time on a clock that stands still while the server does. Queueing happens on that clock; only arrivals and
 * departures are translated, so a pause costs exactly its length of service and nothing else.
 */
export interface WorkingTime {
  toWorked(at: number): number
  /** The inverse; an instant at which the clock stands still becomes the end of that pause. */
  toReal(worked: number): number
}

/** Works for `work` seconds, pauses for `pause` seconds, over and over. */
export function periodicPauses(work: number, pause: number): WorkingTime {
  const period = work + pause
  return {
    toWorked(at) {
      const periods = Math.floor(at / period)
      return periods * work + Math.min(at - periods * period, work)
    },
    toReal: worked => worked + Math.floor(worked / work) * pause,
  }
}

/** Works always, except from `from` for `length` seconds. */
export function onePause(from: number, length: number): WorkingTime {
  return {
    toWorked: at => at - Math.min(Math.max(at - from, 0), length),
    toReal: worked => (worked < from ? worked : worked + length),
  }
}
