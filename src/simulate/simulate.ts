import { concludeOutcome } from './conclude-outcome.ts'
import type { Outcome } from './outcome.ts'
import { replicate } from './replicate.ts'
import type { Load, ServiceLaw, Setting } from './setting.ts'

/** Cells over all replications, at least: so few leave an error that is known to 16 %. */
const CELLS = 20

/**
 * A discrete-event model of clients, cache, limiter, gateway and backends (see `Setting`). The same seed gives the same outcome, on every machine.
 *
 * @throws RangeError for a question that has no answer: nothing to count, no backend, no power
 */
export function simulate(setting: Setting, law: ServiceLaw, load: Load): Outcome {
  const { replications, warmUp, arrivals } = load
  const requests = arrivals.kind === 'poisson' ? arrivals.requests : arrivals.at.length
  const cells = Math.ceil(CELLS / replications)
  if (!(replications >= 1)) throw new RangeError('a simulation takes at least one replication')
  if (!(requests - warmUp >= cells))
    throw new RangeError(
      `${requests - warmUp} requests after the warm-up are too few to be told apart into ${cells} parts`,
    )
  if (!(setting.backends.count >= 1 && setting.backends.power > 0))
    throw new RangeError('there must be a backend, and it must have power')
  const tallies = Array.from({ length: replications }, (_, replication) =>
    replicate(setting, law, load, { replication, cells }),
  )
  return concludeOutcome(tallies, setting)
}
