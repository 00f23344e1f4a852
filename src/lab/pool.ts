import type { LabModel, Reply } from './model.ts'

/** Servers of the lab behind a gateway that gives each request to the next of them, without a limit or a queue of its own. */
export function createPool(backends: readonly LabModel[]): LabModel {
  let turn = 0
  const arrive = (at: number, path: string): Reply => {
    const backend = backends[turn]!
    turn = (turn + 1) % backends.length
    return backend.arrive(at, path)
  }
  const later = backends.flatMap(backend => (backend.later === undefined ? [] : [backend.later]))
  if (later.length === 0) return { arrive }
  const first = (): (typeof later)[number] =>
    later.reduce((best, one) => (one.nextAt() < best.nextAt() ? one : best))
  return { arrive, later: { nextAt: () => first().nextAt(), take: () => first().take() } }
}
