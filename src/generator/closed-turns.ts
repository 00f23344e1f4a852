/**
 * Which request is next, in shares that are exact at every moment rather than on average: smooth weighted round robin,
 * as nginx chooses among its upstreams. Over any whole number of cycles request i comes as often as its weight says,
 * and at no time is it more than one behind or ahead.
 */
export class WeightedTurns {
  readonly #weights: readonly number[]
  readonly #credits: Float64Array
  readonly #total: number

  /** `skip`: how many turns are taken beforehand, so that several of these do not go in step. */
  constructor(weights: readonly number[], skip = 0) {
    this.#weights = weights
    this.#credits = new Float64Array(weights.length)
    this.#total = weights.reduce((sum, weight) => sum + weight, 0)
    for (let i = 0; i < skip; i += 1) this.next()
  }

  /** Index into the weights. */
  next(): number {
    const credits = this.#credits
    let best = 0
    for (let i = 0; i < credits.length; i += 1) {
      credits[i]! += this.#weights[i]!
      if (credits[i]! > credits[best]!) best = i
    }
    credits[best]! -= this.#total
    return best
  }
}
