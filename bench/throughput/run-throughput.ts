import { chooseCores, pinSelf } from '../support/cores.ts'
import { gatherPrograms, nameWithVersion } from '../support/debian-programs.ts'
import { describeMachine, loadAverage, machineTicks } from '../support/describe-machine.ts'
import { startNginx } from '../support/nginx.ts'
import type { Nginx } from '../support/nginx.ts'
import { autocannonVersion } from '../support/repository.ts'
import { say } from '../support/say.ts'
import type { Workshop } from '../support/workshop.ts'
import { compare } from './compare.ts'
import type { Entry } from './compare.ts'
import { CONNECTIONS, ab, autocannon, h2load, hey, plimsoll, wrk } from './contestant.ts'
import type { Contestant, Round } from './contestant.ts'
import { findPunctualShare } from './find-punctual-share.ts'
import { probePunctuality } from './probe-punctuality.ts'
import { PLIMSOLL_NAME } from './result-table.ts'
import { tellThroughput } from './tell-throughput.ts'
import type { Measured } from './tell-throughput.ts'

export interface ThroughputOptions {
  readonly rounds: number
  readonly seconds: number
  /** Contestants by name; all without it. */
  readonly only: readonly string[] | undefined
  readonly mayInstall: boolean
  readonly mayWrite: boolean
}

const PROGRAMS = [
  { name: 'nginx', package: 'nginx-light' },
  { name: 'wrk', package: 'wrk' },
  { name: 'hey', package: 'hey' },
  { name: 'ab', package: 'apache2-utils' },
  { name: 'h2load', package: 'nghttp2-client' },
]

/** Offered this much more than the fastest one makes, so that the generator is the limit. */
const BEYOND = 1.3

/** HTTP/2 with as many requests at once as connections elsewhere. */
const STREAMS = 8
const H2_CONNECTIONS = CONNECTIONS / STREAMS
const HTTP1_KEYS = `max-connections: ${CONNECTIONS}`
const HTTP2_KEYS = `http: 2\nstreams: ${STREAMS}\nmax-connections: ${H2_CONNECTIONS}`

const SEARCH = { from: 0.2, to: 0.95, steps: 5, confirmations: 2 }

/** Gives the exit code: 1 when a target was missed or nothing could be compared. */
export async function runThroughput(workshop: Workshop, options: ThroughputOptions): Promise<number> {
  const programs = gatherPrograms(PROGRAMS, options.mayInstall)
  const nginxPath = programs.get('nginx')
  if (nginxPath === undefined || !programs.has('wrk')) {
    say('Without nginx and wrk there is nothing to compare with.')
    return 1
  }
  const [ticks, load] = [machineTicks(), loadAverage()]
  const cores = chooseCores()
  if (cores.server === cores.generator) say('Only one core: server and generators share it.')
  pinSelf(cores.server)
  const nginx = await startNginx(workshop, nginxPath, cores.server)
  const measured = await measure({ workshop, options, programs, nginx, core: cores.generator })
  await nginx.child.end()
  const versions = PROGRAMS.filter(({ name }) => programs.has(name)).map(nameWithVersion)
  const machine = `${describeMachine(ticks, load)}\n${versions.join(', ')}, autocannon ${autocannonVersion()}.`
  return tellThroughput({ ...measured, machine }, options)
}

interface Scene {
  readonly workshop: Workshop
  readonly options: ThroughputOptions
  readonly programs: ReadonlyMap<string, string>
  readonly nginx: Nginx
  readonly core: number
}

async function measure({
  workshop,
  options,
  programs,
  nginx,
  core,
}: Scene): Promise<Omit<Measured, 'machine'>> {
  const { rounds, seconds, only } = options
  const isWanted = (name: string): boolean => only === undefined || only.includes(name)
  const roundAt = (url: string): Round => ({ workshop, url, core, seconds })
  const optional = (name: string, make: (program: string) => Contestant): Entry[] => {
    const program = programs.get(name)
    return program === undefined || !isWanted(name) ? [] : [{ name, run: make(program) }]
  }
  const reference = wrk(programs.get('wrk')!)
  const http1: Entry[] = [
    ...withPlimsoll({ name: 'wrk', run: reference }, HTTP1_KEYS),
    ...optional('h2load', program => h2load(program, ['--h1', '-c', String(CONNECTIONS)])),
    ...optional('ab', ab),
    ...optional('hey', hey),
    ...(isWanted('autocannon') ? [{ name: 'autocannon', run: autocannon }] : []),
  ]
  const h2loadPath = programs.get('h2load')
  const streams = ['-c', String(H2_CONNECTIONS), '-m', String(STREAMS)]
  const http2 =
    h2loadPath !== undefined && isWanted('http2')
      ? withPlimsoll({ name: 'h2load', run: h2load(h2loadPath, streams) }, HTTP2_KEYS)
      : []
  const [results1, results2] = [
    await compare(http1, rounds, roundAt(nginx.http1)),
    await compare(http2, rounds, roundAt(nginx.http2)),
  ]
  const broken = [
    ...http1.filter(({ name }) => !results1.has(name)),
    ...http2.filter(({ name }) => !results2.has(name)),
  ]
  const failed = broken.map(({ name }) => name)
  let punctualShare: number | undefined
  try {
    if (isWanted('punctual')) punctualShare = await searchShare(reference, roundAt(nginx.http1))
  } catch (error) {
    // Minutes of rounds lie behind: they are told of all the same.
    say(`FAILED: open model: ${(error as Error).message}`)
    failed.push('open model')
  }
  return { http1: results1, http2: results2, failed, punctualShare }
}

/** A contestant, and plimsoll after it, offered more than the other has just made. */
function withPlimsoll({ name, run }: Entry, connectionKeys: string): Entry[] {
  let fastest = 0
  return [
    {
      name,
      run: async round => {
        const performance = await run(round)
        fastest = performance.requestsPerSecond
        return performance
      },
    },
    { name: PLIMSOLL_NAME, run: plimsoll(() => fastest * BEYOND, connectionKeys) },
  ]
}

/** Each load that is tried is a share of what wrk made just before it: the machine may be slower by now. */
async function searchShare(reference: Contestant, round: Round): Promise<number> {
  const { seconds } = round
  return findPunctualShare(async share => {
    const { requestsPerSecond } = await reference({ ...round, seconds: Math.min(seconds, 2) })
    const probed = await probePunctuality(round, share * requestsPerSecond)
    const { ratePerSecond, latenessP99Us, answeredShare, punctual } = probed
    say(
      `open model at ${ratePerSecond}/s, ${share.toFixed(2)} of wrk: ` +
        `p99 lateness ${(latenessP99Us / 1000).toFixed(2)} ms, ` +
        `${(answeredShare * 100).toFixed(1)} % answered: ${punctual ? 'punctual' : 'late'}`,
    )
    return punctual
  }, SEARCH)
}
