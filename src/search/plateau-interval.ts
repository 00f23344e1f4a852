import { tQuantile } from '../statistics/t-quantile.ts'
import type { Plateau } from './search-state.ts'

export const CONFIDENCE = 0.95
const Z = 1.96

/** Half-width of the interval of a plateau, as a logarithm: its dispersion is an estimate too, hence Student's t. */
export const marginOf = ({ error, freedom }: Pick<Plateau, 'error' | 'freedom'>): number =>
  tQuantile(1 - (1 - CONFIDENCE) / 2, freedom) * error

/** What lies that far on either side of a rate taken from the plateau; `besides` is another relative standard error of that rate. */
export function intervalAround(
  rps: number,
  plateau: Pick<Plateau, 'error' | 'freedom'>,
  besides = 0,
): [low: number, high: number] {
  const margin = Math.hypot(marginOf(plateau), Z * besides)
  return [rps * Math.exp(-margin), rps * Math.exp(margin)]
}
