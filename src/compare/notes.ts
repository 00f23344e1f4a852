import type { Design } from './comparison.ts'
import { liesInBlocks } from './pair-runs.ts'
import type { RunFigures } from './run-figures.ts'

/** What to keep in mind though the comparison is allowed. */
export function notesOn(
  base: readonly RunFigures[],
  candidate: readonly RunFigures[],
  design: Design,
  looksAfter: readonly number[] = [],
): readonly string[] {
  const runs = [...base, ...candidate]
  const versions = new Set(runs.map(({ result }) => result.run.toolVersion))
  const workers = new Set(runs.map(({ result }) => result.run.workers))
  const unlike =
    design.kind === 'paired' &&
    design.pairs.some(pair => seedOf(base[pair.base]) !== seedOf(candidate[pair.candidate]))
  const earlier = looksAfter.slice(0, -1)
  return [
    ...(earlier.length > 0
      ? [
          `this is the look after ${looksAfter.at(-1)} pairs; the one after ${earlier.join(' and the one after ')} did not decide. Each spends ` +
            'a part of the error that is allowed, so that all of them together are wrong no more often than one',
        ]
      : []),
    ...(liesInBlocks(base, candidate)
      ? [
          'all runs of one side came before those of the other: what drifted meanwhile (caches, neighbours, temperature) looks like a change; interleave them',
        ]
      : []),
    ...(versions.size > 1
      ? [
          `the runs were made by plimsoll ${[...versions].join(' and ')}; all were judged anew by this version`,
        ]
      : []),
    ...(workers.size > 1 ? [`the runs had ${[...workers].join(' and ')} workers`] : []),
    ...(unlike
      ? ['the two runs of a pair had different seeds; one --seed for both takes some of the noise away']
      : []),
  ]
}

const seedOf = (run: RunFigures | undefined): number | undefined => run?.result.plan.seed
