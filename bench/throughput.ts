import { parseArgs } from 'node:util'
import { runThroughput } from './throughput/run-throughput.ts'
import { inWorkshop } from './support/workshop.ts'

const USAGE = `npm run bench -- [flags]
  --rounds N      rounds of all contestants in turn (default 5)
  --seconds N     length of each run (default 4)
  --no-install    do not install missing programs, even where that is possible
  --only A,B      wrk, autocannon, hey, ab, h2load, plimsoll, punctual, http2
  --no-write      leave docs/benchmarks.md alone, as a shorter run does anyway
`

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    only: { type: 'string' },
    'no-install': { type: 'boolean', default: false },
    'no-write': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  process.stdout.write(USAGE)
} else {
  await inWorkshop(workshop =>
    runThroughput(workshop, {
      rounds: Number(values.rounds),
      seconds: Number(values.seconds),
      only: values.only?.split(','),
      mayInstall: !values['no-install'],
      mayWrite: !values['no-write'],
    }),
  )
}
