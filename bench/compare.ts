/**
 * `npm run bench:compare`: A/A comparisons and planted regressions, in virtual time and over loopback. Ends with 1 when a target is
 * missed.
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { isMainThread } from 'node:worker_threads'
import { watchMachine } from './accuracy/machine.ts'
import { compareOverLoopback } from './compare/loopback-comparison.ts'
import { tellComparisons } from './compare/tell-comparisons.ts'
import type { Kind } from './compare/tell-comparisons.ts'
import { SETTINGS, runErrand } from './compare/virtual-comparison.ts'
import type { Errand, Found } from './compare/virtual-comparison.ts'
import { say } from './support/say.ts'
import { runErrands, serveErrands } from './support/share-errands.ts'

const USAGE = `npm run bench:compare -- [flags]
  --n N           comparisons of each kind in virtual time (default 200)
  --loopback N    comparisons of each kind over loopback (default 10)
  --at-once N     of those over loopback, side by side (default 5)
  --seed N        the first of the seeds (default: drawn afresh)
  --no-write      leave docs/accuracy.md alone, as a shorter run does anyway
`

const WHOLE = 200
const WHOLE_LOOPBACK = 10
/** Over loopback: no false verdict, and all planted ones found but one of ten. */
const MISSED_OF_TEN = 1
const MARK_EVERY = 50

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: String(WHOLE) },
    loopback: { type: 'string', default: String(WHOLE_LOOPBACK) },
    'at-once': { type: 'string', default: '5' },
    seed: { type: 'string' },
    'no-write': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

async function main(): Promise<number> {
  const [n, loopback, atOnce] = [Number(values.n), Number(values.loopback), Number(values['at-once'])]
  const firstSeed = values.seed === undefined ? Math.floor(Math.random() * 1e6) : Number(values.seed)
  const isWhole = [n, loopback, firstSeed].every(number => Number.isSafeInteger(number) && number >= 0)
  if (!isWhole || !(atOnce >= 1)) {
    process.stderr.write('--n, --loopback, --at-once and --seed take whole numbers\n')
    return 2
  }
  const machine = watchMachine()
  const begun = performance.now()
  const broken: string[] = []
  const virtual = await inVirtualTime(n, firstSeed)
  const real = await overLoopback(loopback, atOnce, firstSeed, broken)
  return tellComparisons({
    kinds: [...virtual, ...real].filter(({ found }) => found.length > 0),
    broken,
    firstSeed,
    machine: machine.describe(),
    minutes: (performance.now() - begun) / 60_000,
    isWritten: n >= WHOLE && loopback >= WHOLE_LOOPBACK && !values['no-write'],
  })
}

async function inVirtualTime(n: number, firstSeed: number): Promise<readonly Kind[]> {
  const errands = SETTINGS.flatMap((_, setting) =>
    Array.from({ length: n }, (__, i): Errand => ({ setting, seed: firstSeed + 1000 * setting + i })),
  )
  const found = await runErrands<Found>(fileURLToPath(import.meta.url), errands, (_, done) => {
    if (done % MARK_EVERY === 0) say(`${done} of ${errands.length} comparisons in virtual time`)
  })
  return SETTINGS.map(({ name, isPlanted }, setting) => ({
    name: `${name}, virtual time`,
    isPlanted,
    found: found.filter(one => one.setting === setting),
  }))
}

async function overLoopback(
  n: number,
  atOnce: number,
  firstSeed: number,
  broken: string[],
): Promise<readonly Kind[]> {
  const kinds = [
    { name: 'A/A over loopback', isPlanted: false, found: [] as Kind['found'][number][], limit: 0 },
    {
      name: '−12 % capacity over loopback',
      isPlanted: true,
      found: [] as Kind['found'][number][],
      limit: n - Math.ceil((MISSED_OF_TEN * n) / 10),
    },
  ]
  const errands = Array.from({ length: n }, (_, i) => i).flatMap(i => kinds.map(kind => ({ kind, i })))
  let taken = 0
  const workThrough = async (): Promise<void> => {
    for (let errand = errands[taken]; errand !== undefined; errand = errands[taken]) {
      taken += 1
      const { kind, i } = errand
      const seed = firstSeed + 10_000 + 2 * i + (kind.isPlanted ? 1 : 0)
      try {
        const { verdict, design, metrics, primary } = await compareOverLoopback(seed, kind.isPlanted)
        const sd = metrics.find(({ id }) => id === primary)?.sd ?? null
        kind.found.push({ verdict, pairs: design.pairs.length, sd })
        say(`${kind.name}, seed ${seed}: ${verdict} after ${design.pairs.length} pairs`)
      } catch (error) {
        broken.push(`${kind.name}, seed ${seed}: ${String(error)}`)
        say(broken.at(-1)!)
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, workThrough))
  return kinds
}

if (!isMainThread) serveErrands(runErrand)
else if (values.help) process.stdout.write(USAGE)
else process.exitCode = await main()
