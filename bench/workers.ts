import { parseArgs } from 'node:util'
import { inWorkshop } from './support/workshop.ts'
import { runWorkers } from './workers/run-workers.ts'

const USAGE = `npm run bench:workers -- [flags]
  --rounds N      how often one and two workers are compared (default 5)
  --seconds N     length of the load in each (default 5)
  --no-install    do not install nginx where it is missing
  --no-write      leave docs/benchmarks.md alone, as a shorter run does anyway
`

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    'no-install': { type: 'boolean', default: false },
    'no-write': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  process.stdout.write(USAGE)
} else {
  await inWorkshop(workshop =>
    runWorkers(workshop, {
      rounds: Number(values.rounds),
      seconds: Number(values.seconds),
      mayInstall: !values['no-install'],
      mayWrite: !values['no-write'],
    }),
  )
}
