import { chooseLab, describeLab, labCatalogue } from '../../lab/catalogue.ts'
import { startLab } from '../../lab/server.ts'
import type { LabOptions, RunningLab } from '../../lab/server.ts'
import type { LabCounts } from '../../lab/tally.ts'
import type { Problem } from '../../units/problem.ts'
import type { Command } from '../command.ts'
import type { Effects, Processes } from '../effects.ts'
import { EXIT } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import { SEED, wholeNumber } from '../given-words.ts'
import type { GivenWords, Wanted } from '../given-words.ts'
import { refuse } from '../refuse.ts'

const DEFAULT_PORT = 8080
const HIGHEST_PORT = 65_535

export const lab: Command = {
  name: 'lab',
  operands: { usage: '[NAME]', least: 0, most: 1 },
  purpose: 'Serve a target whose capacity is known, to try things on.',
  details:
    'Without a name: lists all of them, with what can be set and what is true of them. ' +
    'With a name: serves it on this machine until Ctrl-C, then prints what it counted.',
  flags: {
    set: {
      kind: 'texts',
      does: 'one parameter of the server, e.g. rate=400; may be repeated',
      group: 'Server',
    },
    seed: { kind: 'text', does: 'number that fixes its random service times (default: 1)', group: 'Server' },
    'low-cpu': {
      kind: 'switch',
      does: 'wait by timer, do not spin: answers leave a millisecond or two late, for several servers on one processor',
      group: 'Server',
    },
    port: {
      kind: 'text',
      does: `port to listen on, 0 for any free one (default: ${DEFAULT_PORT})`,
      group: 'Address',
    },
    host: { kind: 'text', does: '127.0.0.1 or ::1 (default: 127.0.0.1)', group: 'Address' },
    socket: { kind: 'text', does: 'unix socket to listen on instead of host and port', group: 'Address' },
  },
  examples: [
    ['lab', 'which servers are there, and what is true of them?'],
    ['lab MM1K --set rate=400 --port 0', 'serve one on any free port'],
  ],
  async run(words, effects) {
    const { terminal } = effects
    const [name] = words.operands
    const options = readOptions(words)
    const chosen = name === undefined ? undefined : chooseLab(name, options.settings)
    const problems = [...words.problems, ...(chosen?.ok === false ? chosen.problems : [])]
    if (problems.length > 0) return refuse(problems, terminal)
    if (chosen?.ok !== true) {
      terminal.print(`${labCatalogue.map(entry => describeLab(entry).join('\n')).join('\n\n')}\n`)
      return EXIT.passed
    }
    const { entry, values } = chosen.value
    return serve(entry.name, describeLab(entry, values), options, effects)
  },
}

function readOptions(words: GivenWords): LabOptions {
  const seed = words.parsed('seed', SEED)
  const host = words.parsed('host', LOOPBACK)
  const port = words.parsed('port', wholeNumber(0, HIGHEST_PORT, '8081'))
  const socketPath = words.text('socket')
  return {
    settings: words.texts('set'),
    lowCpu: words.isOn('low-cpu'),
    port: port ?? DEFAULT_PORT,
    ...(seed === undefined ? {} : { seed }),
    ...(host === undefined ? {} : { host }),
    ...(socketPath === undefined ? {} : { socketPath }),
  }
}

const LOOPBACK: Wanted<'127.0.0.1' | '::1'> = {
  parse: text => (text === '127.0.0.1' || text === '::1' ? text : undefined),
  expected: 'an address of this machine alone, 127.0.0.1 or ::1',
  example: '::1',
}

async function serve(
  name: string,
  description: readonly string[],
  options: LabOptions,
  { terminal, processes }: Effects,
): Promise<ExitCode> {
  let running: RunningLab
  try {
    running = await startLab(name, options)
  } catch (error) {
    return refuse([cannotListen(error)], terminal)
  }
  terminal.print(`${description.join('\n')}\n\nlistening on ${running.url}\n`)
  await told(processes)
  const counts = running.counts()
  await running.close()
  terminal.print(`\n${describeCounts(counts)}\n`)
  return EXIT.passed
}

/** Resolves when somebody wants the server to end: a signal, or the end of the process that started it. */
function told(processes: Processes): Promise<void> {
  return new Promise(resolve => {
    const forgets = [processes.onStopSignal(finish), processes.onParentGone(finish)]
    function finish(): void {
      for (const forget of forgets) forget()
      resolve()
    }
  })
}

function describeCounts({ total, byStatus, resets, abandoned, waiting }: LabCounts): string {
  const answered = Object.entries(byStatus).map(([status, count]) => `  answered ${status}  ${count}`)
  const others = Object.entries({ 'cut off': resets, 'client gone': abandoned, 'not answered yet': waiting })
  const lines = others.filter(([, count]) => count > 0).map(([what, count]) => `  ${what}  ${count}`)
  return [`received ${total} ${total === 1 ? 'request' : 'requests'}`, ...answered, ...lines].join('\n')
}

const cannotListen = (error: unknown): Problem => ({
  code: 'lab/cannot-listen',
  message: `the server cannot listen there: ${(error as Error).message}`,
  fix: 'give another --port, or --port 0 for any free one',
  at: { file: 'plimsoll lab' },
})
