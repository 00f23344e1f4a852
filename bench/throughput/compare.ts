import { median } from '../support/median.ts'
import { say } from '../support/say.ts'
import type { Contestant, Performance, Round } from './contestant.ts'

export interface Entry {
  readonly name: string
  readonly run: Contestant
}

/** What each contestant did, round by round, in the order of the rounds. */
export type Results = ReadonlyMap<string, readonly Performance[]>

/**
 * Runs all in turn, A B C A B C …, so that whatever the machine does in the meantime happens to all alike. A
 * contestant that fails is told of and left out from then on.
 */
export async function compare(entries: readonly Entry[], rounds: number, round: Round): Promise<Results> {
  const results = new Map<string, Performance[]>()
  const failed = new Set<string>()
  for (let number = 1; number <= rounds; number += 1) {
    for (const { name, run } of entries.filter(each => !failed.has(each.name))) {
      try {
        const performance = await run(round)
        results.set(name, [...(results.get(name) ?? []), performance])
        say(`round ${number} of ${rounds}: ${name} ${Math.round(performance.requestsPerSecond)}/s`)
      } catch (error) {
        say(`FAILED: ${name}: ${(error as Error).message}`)
        failed.add(name)
        results.delete(name)
      }
    }
  }
  return results
}

/** Medians over the rounds. */
export interface Summary extends Performance {
  /** Requests per second over those of the reference in the same round. */
  readonly ratio: number
}

export function summarise(own: readonly Performance[], reference: readonly Performance[]): Summary {
  return {
    requestsPerSecond: median(own.map(each => each.requestsPerSecond)),
    cpuUsPerRequest: median(own.map(each => each.cpuUsPerRequest)),
    peakResidentBytes: median(own.map(each => each.peakResidentBytes)),
    ratio: medianRatio(own, reference),
  }
}

/** Rounds are compared each with its own, and then the median is taken. */
export const medianRatio = (own: readonly Performance[], other: readonly Performance[]): number =>
  median(
    own.map(({ requestsPerSecond }, i) => requestsPerSecond / (other[i]?.requestsPerSecond ?? Number.NaN)),
  )
