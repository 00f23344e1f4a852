/** A stream of uniform numbers. Two streams with the same seed give the same numbers, on every machine. */
export interface Random {
  /** Uniform in [0, 1), 32 bits of it: enough to pick, too coarse for a tail. */
  pick(): number
  /** Uniform in (0, 1], 53 bits: safe to take the logarithm of. */
  uniform(): number
}

function splitMix32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let z = state ^ (state >>> 16)
    z = Math.imul(z, 0x21f0aaad)
    z ^= z >>> 15
    z = Math.imul(z, 0x735a2d97)
    return (z ^ (z >>> 15)) >>> 0
  }
}

/**
 * xoshiro128** (Blackman and Vigna, ACM TOMS 47(4), 2021), seeded through SplitMix32 so that
 * neighbouring seeds give unrelated streams. `stream` separates uses of one seed: arrivals, routes, shares.
 */
export function createRandom(seed: number, stream = 0): Random {
  const mix = splitMix32((Math.imul(stream + 1, 0x85ebca6b) ^ seed) | 0)
  let a = mix() ^ Math.floor(seed / 2 ** 32)
  let b = mix()
  let c = mix()
  let d = mix() | 1
  const next = (): number => {
    const x = Math.imul(b, 5)
    const result = Math.imul((x << 7) | (x >>> 25), 9) >>> 0
    const t = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    d = (d << 11) | (d >>> 21)
    return result
  }
  for (let i = 0; i < 8; i += 1) next()
  return {
    pick: () => next() / 2 ** 32,
    uniform: () => ((next() >>> 5) * 67108864 + (next() >>> 6) + 1) / 2 ** 53,
  }
}

/** A draw of the standard normal distribution (Box and Muller, Annals of Mathematical Statistics 29(2), 1958). */
export const standardNormal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(random.uniform())) * Math.cos(2 * Math.PI * random.pick())
