const HALF_LOG_2_PI = 0.9189385332046728

/**
 * ln Γ(x) for x > 0: Stirling's series from 10 upwards, the recurrence Γ(x + 1) = x·Γ(x) below
 * (Abramowitz and Stegun, 6.1.40 and 6.1.15). Relative error about 1e-15.
 */
export function logGamma(x: number): number {
  let shifted = x
  let product = 1
  while (shifted < 10) {
    product *= shifted
    shifted += 1
  }
  const stirling = (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_2_PI + stirlingRest(shifted)
  return stirling - Math.log(product)
}

/**
 * ln B(a, b). The plain sum of three logGammas loses as many digits as ln Γ(b) is large, so for a large argument
 * the leading Stirling terms are cancelled on paper (Didonato and Morris, TOMS 708, 1992).
 */
export function logBeta(a: number, b: number): number {
  const small = Math.min(a, b)
  const large = Math.max(a, b)
  const sum = small + large
  if (large < 10) return logGamma(small) + logGamma(large) - logGamma(sum)
  const rest = stirlingRest(large) - stirlingRest(sum)
  if (small < 10) {
    const ratio = (large - 0.5) * Math.log1p(-small / sum)
    return logGamma(small) + rest + small - small * Math.log(sum) + ratio
  }
  const ratio = (small - 0.5) * Math.log(small / sum) + large * Math.log1p(-small / sum)
  return HALF_LOG_2_PI - 0.5 * Math.log(large) + stirlingRest(small) + rest + ratio
}

/** What Stirling's formula lacks, for x ≥ 10. */
export function stirlingRest(x: number): number {
  const y = 1 / (x * x)
  const inner = 1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - y * (691 / 360360 - y / 156)))
  return (1 / 12 - y * (1 / 360 - y * inner)) / x
}
