import { chooseCores, pinSelf } from '../support/cores.ts'
import { describeMachine, loadAverage, machineTicks } from '../support/describe-machine.ts'
import { writeSection } from '../support/document-section.ts'
import { formatFigure, formatMegabytes, markdownTable, terminalTable } from '../support/format-table.ts'
import type { Column } from '../support/format-table.ts'
import { peakBytes } from '../support/process-usage.ts'
import { completedRate, runPlimsoll } from '../support/run-plimsoll.ts'
import { say } from '../support/say.ts'
import { serviceRateFor, startVirtualTimeServer } from '../support/virtual-time-server.ts'
import type { Workshop } from '../support/workshop.ts'
import { FLAT, judgeMemory } from './judge-memory.ts'
import type { MemoryFigures } from './judge-memory.ts'

export interface SoakOptions {
  readonly minutes: number
  readonly ratePerSecond: number
  readonly mayWrite: boolean
}

const PEAK_LIMIT_BYTES = 300e6
const FULL = { minutes: 10, ratePerSecond: 10_000 }
const LOOK_EVERY_MS = 1000

const COLUMNS: readonly Column[] = [
  { head: 'figure', align: 'left' },
  { head: 'measured', align: 'right' },
  { head: 'target', align: 'left' },
]

/** Gives the exit code: 1 when a target was missed. */
export async function runSoak(workshop: Workshop, options: SoakOptions): Promise<number> {
  const { minutes, ratePerSecond } = options
  const [ticks, load] = [machineTicks(), loadAverage()]
  const cores = chooseCores()
  pinSelf(cores.server)
  const server = await startVirtualTimeServer(workshop, {
    core: cores.server,
    serviceRate: serviceRateFor(ratePerSecond),
    limitMs: (minutes + 5) * 60_000,
  })
  say(`${formatFigure(ratePerSecond)}/s for ${minutes} min`)
  const begun = Date.now()
  const marks = setInterval(() => say(`${Math.round((Date.now() - begun) / 60_000)} min`), 60_000)
  const seconds = minutes * 60
  const scenario = `name: soak
target: ${server.url}
stages:
  - { name: load, rate: ${ratePerSecond}/s, for: ${seconds}s }
requests:
  - { name: page, get: / }
`
  const wish = { scenario, core: cores.generator, seconds, lookEveryMs: LOOK_EVERY_MS }
  const { report, windows, usage } = await runPlimsoll(workshop, wish).finally(() => clearInterval(marks))
  await server.end()
  const startedAt = Date.parse(report.run.startedAt)
  const samples = usage.map(({ at, residentBytes }) => ({
    atSeconds: (at - startedAt) / 1000,
    bytes: residentBytes,
  }))
  const figures = judgeMemory(samples, seconds)
  const peak = peakBytes(usage)
  return tell(
    { figures, peak, completed: completedRate(windows), machine: describeMachine(ticks, load) },
    options,
  )
}

interface Soaked {
  readonly figures: MemoryFigures
  /** Of the whole process, as the kernel kept it: nothing between two looks is missed. */
  readonly peak: number
  readonly completed: number
  readonly machine: string
}

function tell(
  { figures, peak, completed, machine }: Soaked,
  { minutes, ratePerSecond, mayWrite }: SoakOptions,
): number {
  const { flat } = figures
  const belowLimit = peak < PEAK_LIMIT_BYTES
  const rows = [
    ['answered', `${formatFigure(completed)}/s`, `${formatFigure(ratePerSecond)}/s offered`],
    ['peak of the whole process', mega(peak), `< ${mega(PEAK_LIMIT_BYTES)} ${belowLimit ? 'met' : 'MISSED'}`],
    ['peak during load', mega(figures.peakDuringLoad), ''],
    ['peak while concluding', mega(figures.peakConcluding), ''],
    ['median of the second minute', mega(figures.secondMinute), ''],
    [
      'median of the last minute',
      mega(figures.lastMinute),
      flat === undefined ? 'too short to be judged' : `flat ${flat ? 'met' : 'MISSED'}`,
    ],
    ['slope after the first minute', `${mega(figures.slopeBytesPerMinute)}/min`, ''],
  ]
  const title =
    `Resident memory, ${formatFigure(ratePerSecond)}/s for ${minutes} min. Flat: the last minute is at most ` +
    `${FLAT.factor} × the second one + ${mega(FLAT.slackBytes)}.`
  say(`\n${title}\n${terminalTable(COLUMNS, rows)}\n\n${machine}`)
  if (mayWrite && minutes >= FULL.minutes && ratePerSecond >= FULL.ratePerSecond) {
    writeSection('soak', `${title}\n\n${markdownTable(COLUMNS, rows)}\n\nMachine: ${machine}`)
    say('written to docs/benchmarks.md')
  } else if (mayWrite) {
    say(`docs/benchmarks.md takes runs of ${FULL.minutes} min at ${FULL.ratePerSecond}/s or more only`)
  }
  return belowLimit && flat !== false ? 0 : 1
}

const mega = (bytes: number): string =>
  Number.isNaN(bytes) ? '–' : `${bytes < 0 ? '−' : ''}${formatMegabytes(Math.abs(bytes))} MB`
