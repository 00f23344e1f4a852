import { chooseCores, pinSelf } from '../support/cores.ts'
import { gatherPrograms } from '../support/debian-programs.ts'
import { describeMachine, loadAverage, machineTicks } from '../support/describe-machine.ts'
import { writeSection } from '../support/document-section.ts'
import { formatFigure, markdownTable, terminalTable } from '../support/format-table.ts'
import type { Column } from '../support/format-table.ts'
import { median } from '../support/median.ts'
import { startNginx } from '../support/nginx.ts'
import { coresUsed } from '../support/process-usage.ts'
import { completedRate, runPlimsoll } from '../support/run-plimsoll.ts'
import { say } from '../support/say.ts'
import type { Workshop } from '../support/workshop.ts'

export interface WorkersOptions {
  readonly rounds: number
  readonly seconds: number
  readonly mayInstall: boolean
  readonly mayWrite: boolean
}

/** What one worker makes, or two together: well below what one core and one nginx worker can do. */
const RATE = 16_000
const SETTLE_SECONDS = 2
const TARGET = 1.7
const FULL = { rounds: 5, seconds: 5 }

const COLUMNS: readonly Column[] = [
  { head: 'workers', align: 'right' },
  { head: 'answered/s', align: 'right' },
  { head: 'CPU µs per request', align: 'right' },
  { head: 'a core each would make', align: 'right' },
]

/** Gives the exit code: 1 when the target was missed. */
export async function runWorkers(workshop: Workshop, options: WorkersOptions): Promise<number> {
  const nginxPath = gatherPrograms([{ name: 'nginx', package: 'nginx-light' }], options.mayInstall).get(
    'nginx',
  )
  if (nginxPath === undefined) return 1
  const [ticks, load] = [machineTicks(), loadAverage()]
  const cores = chooseCores()
  pinSelf(cores.server)
  const { http1 } = await startNginx(workshop, nginxPath, cores.server)
  const rounds: { readonly one: Figures; readonly two: Figures }[] = []
  for (let round = 1; round <= options.rounds; round += 1) {
    const one = await measure(workshop, http1, { workers: 1, core: cores.generator, ...options })
    const two = await measure(workshop, http1, { workers: 2, core: cores.generator, ...options })
    rounds.push({ one, two })
    say(`round ${round} of ${options.rounds}: ${tell(one)} with one worker, ${tell(two)} with two`)
  }
  return conclude(rounds, describeMachine(ticks, load), options)
}

interface Figures {
  readonly answeredRps: number
  readonly cpuUs: number
}

const tell = ({ cpuUs }: Figures): string => `${formatFigure(cpuUs)} µs`

/**
 * CPU time per answered request while the load is steady, all threads of the process on one core and pacing by timer, so that
 * no time is spent on spinning: what is left is the work that a request costs.
 */
async function measure(
  workshop: Workshop,
  url: string,
  { workers, core, seconds }: { readonly workers: number; readonly core: number; readonly seconds: number },
): Promise<Figures> {
  const scenario = `name: workers
target: ${url.replace(/\/$/, '')}
stages:
  - { name: settle, rate: ${RATE}/s, for: ${SETTLE_SECONDS}s, warmup: true }
  - { name: load, rate: ${RATE}/s, for: ${seconds}s }
`
  const wish = { scenario, core, workers, seconds: seconds + SETTLE_SECONDS, flags: ['--low-cpu'] }
  const { report, windows, usage } = await runPlimsoll(workshop, wish)
  const counted = windows.filter(({ stage }) => stage === 1)
  const answeredRps = completedRate(counted)
  // The end of the last window is when the load ended; the report's own start has the rehearsal in it.
  const endedAt = Date.parse(report.run.endedAt)
  const used = coresUsed(usage, endedAt - seconds * 1000, endedAt - 200)
  return { answeredRps, cpuUs: ((used ?? Number.NaN) / answeredRps) * 1e6 }
}

function conclude(
  rounds: readonly { readonly one: Figures; readonly two: Figures }[],
  machine: string,
  { rounds: asked, seconds, mayWrite }: WorkersOptions,
): number {
  const ratio = median(rounds.map(({ one, two }) => (2 * one.cpuUs) / two.cpuUs))
  const rows = (['one', 'two'] as const).map((which, index) => {
    const cpuUs = median(rounds.map(round => round[which].cpuUs))
    const answeredRps = median(rounds.map(round => round[which].answeredRps))
    const makes = ((index + 1) * 1e6) / cpuUs
    return [String(index + 1), formatFigure(answeredRps), formatFigure(cpuUs), `${formatFigure(makes)}/s`]
  })
  const met = ratio >= TARGET
  const verdict = `Two workers with a core each make ${ratio.toFixed(2)} times what one makes; target ≥ ${TARGET} ${met ? 'met' : 'MISSED'}.`
  say(`\n${terminalTable(COLUMNS, rows)}\n${verdict}\n\n${machine}`)
  if (mayWrite && asked >= FULL.rounds && seconds >= FULL.seconds) {
    writeSection(
      'workers',
      `${markdownTable(COLUMNS, rows)}\n\n${verdict} Medians of ${asked} rounds of ${seconds} s.\n\nMachine: ${machine}`,
    )
    say('written to docs/benchmarks.md')
  }
  return met ? 0 : 1
}
