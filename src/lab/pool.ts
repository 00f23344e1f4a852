import type { Random } from '../units/random.ts'
import type { LabModel, Reply } from './model.ts'

/**
 * Servers of the lab behind a gateway without a limit or a queue of its own.
 *
 * @param random whom to give a request to; without it each request goes to the next in turn
 */
export function createPool(backends: readonly LabModel[], random?: Random): LabModel {
  let turn = 0
  const inTurn = (): number => turn++ % backends.length
  const next = random === undefined ? inTurn : () => Math.floor(random.pick() * backends.length)
  const arrive = (at: number, path: string): Reply => backends[next()]!.arrive(at, path)
  const later = backends.flatMap(backend => (backend.later === undefined ? [] : [backend.later]))
  if (later.length === 0) return { arrive }
  const first = (): (typeof later)[number] =>
    later.reduce((best, one) => (one.nextAt() < best.nextAt() ? one : best))
  return { arrive, later: { nextAt: () => first().nextAt(), take: () => first().take() } }
}
