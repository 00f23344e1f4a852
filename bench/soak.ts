import { parseArgs } from 'node:util'
import { runSoak } from './soak/run-soak.ts'
import { inWorkshop } from './support/workshop.ts'

const USAGE = `npm run bench:soak -- [flags]
  --minutes N     length of the load (default 10)
  --rate N        requests per second (default 10000)
  --no-write      leave docs/benchmarks.md alone, as a shorter run does anyway
`

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    rate: { type: 'string', default: '10000' },
    'no-write': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  process.stdout.write(USAGE)
} else {
  await inWorkshop(workshop =>
    runSoak(workshop, {
      minutes: Number(values.minutes),
      ratePerSecond: Number(values.rate),
      mayWrite: !values['no-write'],
    }),
  )
}
