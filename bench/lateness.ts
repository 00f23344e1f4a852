import { parseArgs } from 'node:util'
import { runLateness } from './lateness/run-lateness.ts'
import { inWorkshop } from './support/workshop.ts'

const USAGE = `npm run bench:lateness -- [flags]
  --seconds N     length of what is measured at each rate (default 10)
  --rates A,B     requests per second (default 100,1000,10000,30000)
  --no-install    do not install hey where it is missing
  --no-write      leave docs/benchmarks.md alone, as a shorter run does anyway
`

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    rates: { type: 'string', default: '100,1000,10000,30000' },
    'no-install': { type: 'boolean', default: false },
    'no-write': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  process.stdout.write(USAGE)
} else {
  await inWorkshop(workshop =>
    runLateness(workshop, {
      seconds: Number(values.seconds),
      rates: values.rates.split(',').map(Number),
      mayInstall: !values['no-install'],
      mayWrite: !values['no-write'],
    }),
  )
}
