/** The stage that counts. */
export const PEAK_STAGE = 'peak'
const RISE_SECONDS = 5
/** Of the peak, where the rise begins. */
const CALM = 0.05

export interface PeakScenario {
  readonly name: string
  /** Origin. */
  readonly target: string
  readonly rps: number
  readonly holdSeconds: number
  /** After which a client gives up, in s. */
  readonly deadline: number
}

/** The scenario of one run of a proof, as somebody would write it. */
export const peakScenario = ({ name, target, rps, holdSeconds, deadline }: PeakScenario): string =>
  `# One run of a proof by plimsoll size --verify.
name: ${JSON.stringify(name)}
target: ${JSON.stringify(target)}
arrivals: poisson
stages:
  - { name: rise, from: ${rate(CALM * rps)}, to: ${rate(rps)}, for: ${RISE_SECONDS}s, warmup: true }
  - { name: ${PEAK_STAGE}, rate: ${rate(rps)}, for: ${holdSeconds}s }
requests:
  - { name: page, get: /, deadline: ${Math.ceil(deadline)}s }
`

/** All digits, and no exponent. */
const rate = (rps: number): string =>
  `${Number(rps.toPrecision(6))
    .toFixed(6)
    .replace(/\.?0+$/, '')}/s`
