const ROUNDS = 200

/** How popular each of `objects` is by Zipf's law: 1/i^exponent for i = 1, 2, …, as shares of all requests. */
export function zipfShares(exponent: number, objects: number): number[] {
  const weights = Array.from({ length: objects }, (_, i) => (i + 1) ** -exponent)
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map(weight => weight / sum)
}

/**
 * Hit ratio of an LRU cache with room for `room` objects of equal size, asked for object i with probability `shares[i]`. Che's
 * approximation: each object stays for the time t in which so many distinct ones are asked for, Σ(1 − e^(−pᵢt)) = room;
 * then h = Σ pᵢ(1 − e^(−pᵢt)) (Che, Tung and Wang, IEEE JSAC 20(7), 2002; Fricker, Robert and Roberts, ITC 24, 2012).
 */
export function lruHitRatio(shares: readonly number[], room: number): number {
  if (room <= 0) return 0
  if (room >= shares.filter(share => share > 0).length) return 1
  // What has been asked for by t is concave and at most t: Newton's method from t = room comes up to the root and never past it.
  let t = room
  for (let round = 0; round < ROUNDS; round += 1) {
    const missing = room + shares.reduce((sum, share) => sum + Math.expm1(-share * t), 0)
    const step = missing / shares.reduce((sum, share) => sum + share * Math.exp(-share * t), 0)
    t += step
    if (!(step > 1e-12 * t)) break
  }
  return shares.reduce((sum, share) => sum - share * Math.expm1(-share * t), 0)
}

/** What a cache answers itself, and what it asks the origin for. */
export interface TtlCache {
  readonly hitRatio: number
  /** 1/s */
  readonly originRate: number
}

/**
 * A cache that keeps each object for a fixed `ttl` (s) from when it was fetched, asked by Poisson requests at `rates` (1/s) for each
 * object: a fetch every ttl + 1/λᵢ, so hᵢ = λᵢ·ttl/(1 + λᵢ·ttl) (Jung, Berger and Balakrishnan, INFOCOM 2003).
 */
export function ttlCache(rates: readonly number[], ttl: number): TtlCache {
  const asked = rates.reduce((sum, rate) => sum + rate, 0)
  const originRate = rates.reduce((sum, rate) => sum + rate / (1 + rate * ttl), 0)
  return { hitRatio: asked === 0 ? 0 : 1 - originRate / asked, originRate }
}
