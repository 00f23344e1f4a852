import { createRandom } from '../units/random.ts'
import type { Random } from '../units/random.ts'

/** Streams below belong to the load: with the same seed, service times must not repeat the gaps between arrivals. */
const FIRST_STREAM = 1000

/** The chance in a server of the lab; `stream` separates its uses within one server. */
export const labRandom = (seed: number, stream = 0): Random => createRandom(seed, FIRST_STREAM + stream)
