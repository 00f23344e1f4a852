import type { Problem } from '../units/problem.ts'
import type { Difference } from './comparison.ts'
import type { RunFigures } from './run-figures.ts'

/** More names than this say no more. */
const NAMED = 3

/** What makes a comparison meaningless whatever the runs say; not even forcing helps. */
export function findMisuse(
  base: readonly RunFigures[],
  candidate: readonly RunFigures[],
  asPaired: boolean,
): readonly Problem[] {
  const byRun = new Map<string, RunFigures[]>()
  for (const run of [...base, ...candidate]) {
    const { id, startedAt } = run.result.run
    const key = `${id} ${startedAt}`
    byRun.set(key, [...(byRun.get(key) ?? []), run])
  }
  const twice = [...byRun.values()].filter(runs => runs.length > 1)
  return [
    ...twice.map((runs): Problem => ({
      code: 'compare/same-run',
      message: `these are one and the same run: ${runs.map(({ label }) => label).join(', ')}`,
      fix: 'give each run once; a run that counts twice makes the comparison surer than it is',
      at: { file: runs[1]!.label },
    })),
    ...(asPaired && base.length !== candidate.length ? [unequal(base.length, candidate.length)] : []),
  ]
}

const unequal = (base: number, candidate: number): Problem => ({
  code: 'compare/unequal-pairs',
  message: `--paired needs as many runs before -- as after it; there are ${base} and ${candidate}`,
  fix: 'leave out the runs without a partner, or compare without --paired',
  at: { file: '--paired' },
})

export function describeDifference({ kind, what, values }: Difference): Problem {
  const first = values[0]!
  const others = values.slice(1).map(({ value, runs }) => `${value} in ${listRuns(runs)}`)
  return {
    code: `compare/different-${kind}`,
    message: `the ${what} differ${what.endsWith('s') ? '' : 's'}: ${first.value} in ${listRuns(first.runs)}; ${others.join('; ')}`,
    fix: 'compare runs that differ in the version under test alone, or add --force and read the result with this in mind',
    at: { file: values[1]!.runs[0]! },
  }
}

export const listRuns = (runs: readonly string[]): string =>
  runs.length <= NAMED
    ? runs.join(', ')
    : `${runs.slice(0, NAMED - 1).join(', ')} and ${runs.length - NAMED + 1} more`
