import { zipfShares } from '../../statistics/cache-hits.ts'
import type { ObjectMix } from './cdn-question.ts'

/** Objects that are asked for so nearly alike that one figure serves for all of them. */
export interface ObjectClass {
  readonly count: number
  /** Of the requests of the route, each of them. */
  readonly share: number
}

/** Ranks of one class differ by at most this share, so a figure that is smooth in the popularity is off by 10⁻⁵ at most. */
const WIDTH = 0.03

/** The objects of a route by popularity, the most popular first; the first ranks each by itself, later ones in classes. */
export function objectClasses({ count, zipf }: ObjectMix): readonly ObjectClass[] {
  const shares = zipfShares(zipf, count)
  const classes: ObjectClass[] = []
  for (let first = 0; first < count;) {
    const next = Math.min(count, first + 1 + Math.floor(first * WIDTH))
    const sum = shares.slice(first, next).reduce((total, share) => total + share, 0)
    classes.push({ count: next - first, share: sum / (next - first) })
    first = next
  }
  return classes
}
