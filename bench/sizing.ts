/**
 * `npm run bench:sizing`: measures servers of the lab in virtual time, asks how many a peak takes, and lets the peak come. Ends
 * with 1 when a target is missed.
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { isMainThread } from 'node:worker_threads'
import { SIZED, runErrand } from './sizing/size-and-try.ts'
import type { Errand, Launch } from './sizing/size-and-try.ts'
import { tellLaunches } from './sizing/tell-launches.ts'
import { runErrands, serveErrands } from './support/share-errands.ts'

const USAGE = `npm run bench:sizing -- [flags]
  --seeds N       launches for each server (default 100)
  --seed N        the first of the seeds (default 1)
  --family A,B    these servers alone, of ${SIZED.join(', ')}
  --in-turn       give the requests of a peak to the backends in turn, not at random
  --each          print every launch, a line of JSON each
  --no-write      leave docs/accuracy.md alone, as a shorter run does anyway
`

const WHOLE = 100
const MARK_EVERY = 50

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: String(WHOLE) },
    seed: { type: 'string', default: '1' },
    family: { type: 'string' },
    'in-turn': { type: 'boolean', default: false },
    each: { type: 'boolean', default: false },
    'no-write': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

async function main(): Promise<number> {
  const [seeds, firstSeed] = [Number(values.seeds), Number(values.seed)]
  const wanted = values.family?.toUpperCase().split(',') ?? SIZED
  const unknown = wanted.filter(name => !SIZED.includes(name))
  if (unknown.length > 0 || !(seeds >= 1) || !Number.isSafeInteger(firstSeed)) {
    const what =
      unknown.length > 0
        ? `${unknown.join(', ')} is not among ${SIZED.join(', ')}`
        : '--seeds and --seed take whole numbers'
    process.stderr.write(`${what}\n`)
    return 2
  }
  const errands = wanted.flatMap(family =>
    Array.from({ length: seeds }, (_, i): Errand => ({
      family,
      seed: firstSeed + i,
      inTurn: values['in-turn'],
    })),
  )
  const begun = performance.now()
  const launches = await runErrands(fileURLToPath(import.meta.url), errands, (launch: Launch, done) => {
    if (values.each) process.stdout.write(`${JSON.stringify(launch)}\n`)
    if (done % MARK_EVERY === 0) process.stderr.write(`${done} of ${errands.length} launches\n`)
  })
  return tellLaunches({
    launches,
    firstSeed,
    seeds,
    minutes: (performance.now() - begun) / 60_000,
    isWritten: values.family === undefined && !values['in-turn'] && seeds >= WHOLE && !values['no-write'],
  })
}

if (!isMainThread) serveErrands(runErrand)
else if (values.help) process.stdout.write(USAGE)
else process.exitCode = await main()
