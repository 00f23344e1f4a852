import type { CacheLayout, ObjectMix } from './cdn/cdn-question.ts'

/** What is to be worked out besides the sizes. */
export interface SizingWish {
  /** What a cache before the backends would answer; null where that is not asked. */
  readonly cdn: CdnWish | null
  /** The peak is to be simulated for each option; null where that is not asked. */
  readonly simulate: SimulationWish | null
}

/** What no report shows of the gateway that there is now. */
export interface SimulationWish {
  /** After which it gives up an answer, in s. */
  readonly gatewayTimeout: number
}

/** As nginx has it unless told otherwise (`proxy_read_timeout`), and AWS's load balancers. */
export const USUAL_GATEWAY: SimulationWish = { gatewayTimeout: 60 }

/** What a report does not show of a cache, and of what requests stand for. */
export interface CdnWish {
  readonly cache: CacheLayout
  /** By the name of the request; one object where nothing is said. */
  readonly objects: ReadonlyMap<string, ObjectMix>
  /** In s, whatever the answers say. */
  readonly ttls: ReadonlyMap<string, number>
}

export const PLAIN_WISH: SizingWish = { cdn: null, simulate: null }
