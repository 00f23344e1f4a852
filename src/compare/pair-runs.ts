import type { Design, Pair } from './comparison.ts'
import type { RunFigures } from './run-figures.ts'

/** With so many runs on one side, one on the other can be judged. */
export const ENOUGH_HISTORY = 8

export interface PairingQuestion {
  readonly base: readonly RunFigures[]
  readonly candidate: readonly RunFigures[]
  /** The user says that the n-th of one side belongs to the n-th of the other. */
  readonly asPaired: boolean
  /** They were made so, base and candidate in turn. */
  readonly isMade: boolean
}

/** Which run is compared with which, and why so. */
export function pairRuns({ base, candidate, asPaired, isMade }: PairingQuestion): Design {
  const [few, many] = [base.length, candidate.length].sort((a, b) => a - b) as [number, number]
  if (few < 2 && many >= ENOUGH_HISTORY) return { kind: 'predictive', pairs: [], because: HISTORY(many) }
  if (few < 2)
    return {
      kind: 'single',
      pairs: asPaired ? inOrder(base) : [],
      because: 'there is only one run on one side, so the run-to-run variance is unknown',
    }
  if (asPaired)
    return {
      kind: 'paired',
      pairs: inOrder(base),
      because: isMade
        ? 'made in pairs: base and candidate in turn, both with the same arrivals'
        : 'paired in the order given (--paired)',
    }
  const pairs = interleavedPairs(base, candidate)
  return pairs === undefined
    ? { kind: 'unpaired', pairs: [], because: whyUnpaired(base, candidate) }
    : {
        kind: 'paired',
        pairs,
        because: 'paired because the runs were interleaved in time: each two in a row are one of either side',
      }
}

const HISTORY = (runs: number): string =>
  `one run against ${runs} of the other side: the interval is that of one further run`

const inOrder = (base: readonly RunFigures[]): readonly Pair[] =>
  base.map((_, index) => ({ base: index, candidate: index }))

interface Timed {
  readonly side: 'base' | 'candidate'
  readonly index: number
  readonly startedAt: string
}

const timed = (side: Timed['side'], runs: readonly RunFigures[]): readonly Timed[] =>
  runs.map(({ result }, index) => ({ side, index, startedAt: result.run.startedAt }))

/** ISO 8601 in UTC sorts as text. */
const byTime = (base: readonly RunFigures[], candidate: readonly RunFigures[]): readonly Timed[] =>
  [...timed('base', base), ...timed('candidate', candidate)].sort((a, b) =>
    a.startedAt === b.startedAt ? a.index - b.index : a.startedAt < b.startedAt ? -1 : 1,
  )

/** AB BA AB …, so that drift touches both of a pair alike; undefined where the runs do not lie so. */
function interleavedPairs(
  base: readonly RunFigures[],
  candidate: readonly RunFigures[],
): readonly Pair[] | undefined {
  if (base.length !== candidate.length) return undefined
  const runs = byTime(base, candidate)
  const pairs: Pair[] = []
  for (let i = 0; i < runs.length; i += 2) {
    const [first, second] = [runs[i]!, runs[i + 1]!]
    if (first.side === second.side) return undefined
    const [own, other] = first.side === 'base' ? [first, second] : [second, first]
    pairs.push({ base: own.index, candidate: other.index })
  }
  return pairs
}

function whyUnpaired(base: readonly RunFigures[], candidate: readonly RunFigures[]): string {
  if (base.length !== candidate.length)
    return `not paired: ${base.length} base runs and ${candidate.length} candidate runs`
  return 'not paired: the runs were not interleaved in time (base, candidate, candidate, base, …)'
}

/** All runs of one side before all of the other: then drift of the machine or the target looks like a change. */
export function liesInBlocks(base: readonly RunFigures[], candidate: readonly RunFigures[]): boolean {
  const startsOf = (runs: readonly RunFigures[]): string[] =>
    runs.map(({ result }) => result.run.startedAt).sort()
  const [own, other] = [startsOf(base), startsOf(candidate)]
  return own.length > 1 && other.length > 1 && (own.at(-1)! < other[0]! || other.at(-1)! < own[0]!)
}
