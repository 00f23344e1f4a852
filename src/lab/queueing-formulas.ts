/** Completions per second with this many requests present. */
export type ServiceRate = (present: number) => number

/** `slots` equal slots that together complete `total` per second when all are busy. */
export const slotRate =
  (slots: number, total: number): ServiceRate =>
  present =>
    (Math.min(present, slots) * total) / slots

/**
 * Share of Poisson arrivals that find `room` requests present and are turned away.
 *
 * The stationary law is p_n ∝ Π λ/µ_i. With B_n = p_n/(p_0 + … + p_n), B_0 = 1 and x = (λ/µ_n)·B_{n−1} this is
 * B_n = x/(1 + x), and the loss is B_room: the recursion of the Erlang B formula, which stays within 0 and 1 where
 * factorials overflow. It covers M/M/c/c (Erlang B), M/M/1/K and M/M/c/K (Cooper, Introduction to Queueing
 * Theory, 2nd ed., §3.3).
 */
export function lossShare(arrivalRate: number, serviceRate: ServiceRate, room: number): number {
  let blocking = 1
  for (let present = 1; present <= room; present += 1) {
    const odds = (arrivalRate / serviceRate(present)) * blocking
    blocking = odds / (1 + odds)
  }
  return blocking
}

/**
 * Mean time from empty to the first moment with `room` present. From n to n + 1 takes h_n = 1/λ + (µ_n/λ)·h_{n−1}
 * on average (first step analysis of a birth-death process); the time is their sum.
 */
export function meanTimeToFill(arrivalRate: number, serviceRate: ServiceRate, room: number): number {
  let step = 1 / arrivalRate
  let total = step
  for (let present = 1; present < room; present += 1) {
    step = (1 + serviceRate(present) * step) / arrivalRate
    total += step
  }
  return total
}

/** The rate at which `isTooMuch` turns true, by bisection on the ratio; it must stay true above. */
export function rateWhere(isTooMuch: (rate: number) => boolean, low: number, high: number): number {
  let [holds, breaks] = [low, high]
  while (breaks / holds > 1 + 1e-9) {
    const middle = Math.sqrt(holds * breaks)
    if (isTooMuch(middle)) breaks = middle
    else holds = middle
  }
  return Math.sqrt(holds * breaks)
}

/** The loss that still counts as carrying the load, by the definition of the knee. */
export const TOLERATED_LOSS = 0.01

/** The rate at which M/M/c/K with this total service rate loses 1 % (or `share`) of its arrivals. */
export function rateAtLoss(
  slots: number,
  total: number,
  room: number,
  share: number = TOLERATED_LOSS,
): number {
  const rate = slotRate(slots, total)
  return rateWhere(offered => lossShare(offered, rate, room) > share, total * 1e-6, total * 100)
}
