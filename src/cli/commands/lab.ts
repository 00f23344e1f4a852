import { chooseLab, describeLab, labCatalogue } from '../../lab/catalogue.ts'
import type { ChosenLab } from '../../lab/catalogue.ts'
import { startChosen } from '../../lab/server.ts'
import type { LabOptions, RunningLab } from '../../lab/server.ts'
import type { LabCounts } from '../../lab/tally.ts'
import type { Problem } from '../../units/problem.ts'
import type { Command } from '../command.ts'
import type { Effects, Processes } from '../effects.ts'
import { EXIT } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import { SEED, wholeNumber } from '../given-words.ts'
import type { GivenWords, Wanted } from '../given-words.ts'
import { LAW_FLAGS, readLaw } from '../lab-law.ts'
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
    ...LAW_FLAGS,
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
    const measured = await readLaw(words, effects.files)
    const chosen = name === undefined ? undefined : chooseLab(name, words.texts('set'))
    const problems = [...words.problems, ...(chosen?.ok === false ? chosen.problems : [])]
    if (problems.length > 0) return refuse(problems, terminal)
    const servers = chosen?.ok === true ? [chosen.value] : measured
    if (servers.length > 0) return serve(servers, options, effects)
    terminal.print(`${labCatalogue.map(entry => describeLab(entry).join('\n')).join('\n\n')}\n`)
    return EXIT.passed
  },
}

type Place = Omit<LabOptions, 'settings'> & { readonly port: number }

function readOptions(words: GivenWords): Place {
  const seed = words.parsed('seed', SEED)
  const host = words.parsed('host', LOOPBACK)
  const port = words.parsed('port', wholeNumber(0, HIGHEST_PORT, '8081'))
  const socketPath = words.text('socket')
  return {
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
  servers: readonly ChosenLab[],
  options: Place,
  { terminal, processes }: Effects,
): Promise<ExitCode> {
  const running: RunningLab[] = []
  const closeAll = (): Promise<unknown> => Promise.all(running.map(one => one.close()))
  try {
    for (const [i, server] of servers.entries()) running.push(await startChosen(server, placeOf(options, i)))
  } catch (error) {
    await closeAll()
    return refuse([cannotListen(error)], terminal)
  }
  const description = servers[0]!
  terminal.print(
    `${describeLab(description.entry, description.values).join('\n')}\n\nlistening on ${running.map(({ url }) => url).join(' ')}\n`,
  )
  await told(processes)
  const counts = running.map(one => one.counts())
  await closeAll()
  terminal.print(`\n${counts.map(describeCounts).join('\n')}\n`)
  return EXIT.passed
}

/** The next port and the next seed for each server after the first. */
const placeOf = (options: Place, i: number): Place => ({
  ...options,
  port: options.port === 0 ? 0 : options.port + i,
  seed: (options.seed ?? 1) + i,
})

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
