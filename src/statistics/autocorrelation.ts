/**
 * Autocorrelation of a sequence at a lag, −1 to 1: Σ(xᵢ − x̄)(xᵢ₊ₖ − x̄) / Σ(xᵢ − x̄)² (Box, Jenkins and Reinsel, Time Series
 * Analysis, 3rd ed., §2.1.5). 0 where nothing varies.
 */
export function autocorrelation(values: readonly number[], lag: number): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  let own = 0
  let lagged = 0
  for (let i = 0; i < values.length; i += 1) {
    const off = values[i]! - mean
    own += off * off
    if (i + lag < values.length) lagged += off * (values[i + lag]! - mean)
  }
  return own === 0 ? 0 : lagged / own
}

/** Correlations below this are taken for noise, and so is all that follows. */
const FORGOTTEN = 0.05

/**
 * How many independent values tell as much about the mean: n/(1 + 2·Σρₖ), k = 1, 2, … up to the first ρₖ < 0.05
 * (Law, Simulation Modeling and Analysis, 5th ed., §4.4). Never more than there are: what a negative correlation
 * gains is left out.
 */
export function effectiveSampleSize(values: readonly number[]): number {
  let sum = 0
  for (let lag = 1; lag < values.length; lag += 1) {
    const correlation = autocorrelation(values, lag)
    if (correlation < FORGOTTEN) break
    sum += correlation
  }
  return values.length / (1 + 2 * sum)
}
