/**
 * `npm run bench:search`: searches for the capacity of every server of the lab in virtual time, many times each, and
 * judges them against the truth. Ends with 1 when a target is missed.
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { isMainThread } from 'node:worker_threads'
import { FAMILIES } from './search/family.ts'
import { runErrand } from './search/run-trials.ts'
import type { Errand } from './search/run-trials.ts'
import type { Score } from './search/score.ts'
import { runErrands, serveErrands } from './support/share-errands.ts'
import { summarise } from './search/summary.ts'
import { tellSearch } from './search/tell-search.ts'

const USAGE = `npm run bench:search -- [flags]
  --seeds N       searches for each server (default 200)
  --seed N        the first of the seeds (default 1)
  --family A,B    these servers alone
  --each          print every search, a line of JSON each
  --no-write      leave docs/accuracy.md alone, as a shorter run does anyway
`

const WHOLE = 200
const MARK_EVERY = 200

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: String(WHOLE) },
    seed: { type: 'string', default: '1' },
    family: { type: 'string' },
    each: { type: 'boolean', default: false },
    'no-write': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

async function main(): Promise<number> {
  const [seeds, firstSeed] = [Number(values.seeds), Number(values.seed)]
  const wanted = values.family?.toUpperCase().split(',')
  const families = FAMILIES.filter(({ name }) => wanted?.includes(name) ?? true)
  const known = FAMILIES.map(({ name }) => name)
  const unknown = wanted?.filter(name => !known.includes(name)) ?? []
  if (unknown.length > 0 || !(seeds >= 1) || !Number.isSafeInteger(firstSeed)) {
    const what =
      unknown.length > 0
        ? `there is no family ${unknown.join(', ')}`
        : '--seeds and --seed take whole numbers'
    process.stderr.write(`${what}; write --family with some of ${known.join(',')}\n`)
    return 2
  }
  const errands = families.flatMap(({ name }) =>
    Array.from({ length: seeds }, (_, i): Errand => ({ family: name, seed: firstSeed + i })),
  )
  const begun = performance.now()
  const scores = await runErrands(fileURLToPath(import.meta.url), errands, (score: Score, done) => {
    if (values.each) process.stdout.write(`${JSON.stringify(score)}\n`)
    if (done % MARK_EVERY === 0) process.stderr.write(`${done} of ${errands.length} searches\n`)
  })
  const summaries = families.map(({ name }) => summarise(scores.filter(({ family }) => family === name)))
  return tellSearch({
    summaries,
    firstSeed,
    seeds,
    minutes: (performance.now() - begun) / 60_000,
    isWritten: wanted === undefined && seeds >= WHOLE && !values['no-write'],
  })
}

if (!isMainThread) serveErrands(runErrand)
else if (values.help) process.stdout.write(USAGE)
else process.exitCode = await main()
