const ROUNDS = 200

/** So many objects, each asked for at `rate` (1/s). */
export interface AskedObjects {
  readonly count: number
  readonly rate: number
}

/**
 * T: how long an object stays in an LRU cache with room for `room` of them after it was last asked for (s); Infinity where all
 * fit. It is the time in which so many distinct ones are asked for: Σ(1 − e^(−λᵢT)) = room (Che, Tung and Wang, IEEE JSAC
 * 20(7), 2002). An object that has expired keeps its room until it is fetched anew or falls out, so T does not depend on
 * any time to live; a cache that drops expired objects at once does a little better.
 */
export function characteristicTime(objects: readonly AskedObjects[], room: number): number {
  const asked = objects.filter(({ count, rate }) => count > 0 && rate > 0)
  if (room >= asked.reduce((sum, { count }) => sum + count, 0)) return Infinity
  if (room <= 0) return 0
  // What has been asked for by T is concave in T and below λT: Newton's method from room/λ comes up to the root and never past it.
  let time = room / asked.reduce((sum, { count, rate }) => sum + count * rate, 0)
  for (let round = 0; round < ROUNDS; round += 1) {
    const missing = room + asked.reduce((sum, { count, rate }) => sum + count * Math.expm1(-rate * time), 0)
    const slope = asked.reduce((sum, { count, rate }) => sum + count * rate * Math.exp(-rate * time), 0)
    const step = missing / slope
    time += step
    if (!(step > 1e-12 * time)) break
  }
  return time
}
