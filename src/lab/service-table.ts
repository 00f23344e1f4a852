import type { Random } from '../units/random.ts'
import type { ServiceTimes } from './backend-law.ts'

/** Seconds of service of the next request. */
export type ServiceDraw = () => number

/** Mean of the times, in s: each is as likely as any between its two ends. */
export function meanServiceTime(times: readonly ServiceTimes[]): number {
  let [requests, seconds] = [0, 0]
  for (const one of times) {
    requests += one.requests
    seconds += (one.requests * (one.fromSeconds + one.toSeconds)) / 2
  }
  return seconds / requests
}

/** By inversion of the cumulated counts: half of the remaining rows are ruled out at each look. */
export function drawServiceTimes(times: readonly ServiceTimes[], scale: number, random: Random): ServiceDraw {
  const upTo: number[] = []
  let total = 0
  for (const { requests } of times) upTo.push((total += requests))
  return () => {
    const rank = random.pick() * total
    let [low, high] = [0, times.length - 1]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (rank < upTo[middle]!) high = middle
      else low = middle + 1
    }
    const { fromSeconds, toSeconds } = times[low]!
    return scale * (fromSeconds + (toSeconds - fromSeconds) * random.pick())
  }
}
