/**
 * `npm run truth`: the real command against every server of the lab over loopback. Ends with 1 when runs that the tool
 * stands by are wrong more often than the suite allows.
 */
import { parseArgs } from 'node:util'
import { watchMachine } from './accuracy/machine.ts'
import { FAMILIES } from './search/family.ts'
import { say } from './support/say.ts'
import { judgeSearch } from './truth/judge-search.ts'
import type { TruthRow } from './truth/judge-search.ts'
import { searchLab } from './truth/search-lab.ts'
import { tellTruth, truthRows } from './truth/tell-truth.ts'

const USAGE = `npm run truth -- [flags]
  --seeds N       searches for each server (default 3)
  --seed N        the first of the seeds (default: drawn afresh)
  --family A,B    these servers alone
  --at-once N     searches side by side, paced by timer so that they can share the cores (default 1)
  --no-write      leave docs/accuracy.md alone, as a run of some servers does anyway
`

const WHOLE = 3

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: String(WHOLE) },
    seed: { type: 'string' },
    family: { type: 'string' },
    'at-once': { type: 'string', default: '1' },
    'no-write': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

async function main(): Promise<number> {
  const [seeds, atOnce] = [Number(values.seeds), Number(values['at-once'])]
  const firstSeed = values.seed === undefined ? Math.floor(Math.random() * 1e6) : Number(values.seed)
  const wanted = values.family?.toUpperCase().split(',')
  const known = FAMILIES.map(({ name }) => name)
  const unknown = wanted?.filter(name => !known.includes(name)) ?? []
  if (unknown.length > 0 || !(seeds >= 1) || !(atOnce >= 1) || !Number.isSafeInteger(firstSeed)) {
    const what =
      unknown.length > 0
        ? `there is no server ${unknown.join(', ')}`
        : '--seeds, --seed and --at-once take whole numbers'
    process.stderr.write(`${what}; write --family with some of ${known.join(',')}\n`)
    return 2
  }
  const machine = watchMachine()
  const errands = FAMILIES.filter(({ name }) => wanted?.includes(name) ?? true).flatMap(family =>
    Array.from({ length: seeds }, (_, i) => ({ family, seed: firstSeed + i })),
  )
  const judged: (TruthRow | undefined)[] = []
  const broken: string[] = []
  let taken = 0
  const workThrough = async (): Promise<void> => {
    for (let errand = errands[taken]; errand !== undefined; errand = errands[taken]) {
      const index = taken
      taken += 1
      const { family, seed } = errand
      const search = await searchLab(family, seed, atOnce === 1).catch(String)
      if (typeof search === 'string') {
        broken.push(`${family.name} with seed ${seed}: ${search}`)
        say(broken.at(-1)!)
        continue
      }
      const row = judgeSearch(search, seed)
      judged[index] = row
      say(truthRows([row])[0]!.join('  '))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, workThrough))
  const rows = judged.filter(row => row !== undefined)
  const isWritten = wanted === undefined && seeds >= WHOLE && !values['no-write']
  return tellTruth({ rows, broken, firstSeed, seeds, machine: machine.describe(), atOnce, isWritten })
}

if (values.help) process.stdout.write(USAGE)
else process.exitCode = await main()
