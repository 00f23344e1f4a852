import { pinned } from '../support/cores.ts'
import type { Cores } from '../support/cores.ts'
import { serviceRateFor, startVirtualTimeServer } from '../support/virtual-time-server.ts'
import type { MedianAndP99 } from '../support/virtual-time-server.ts'
import type { Workshop } from '../support/workshop.ts'
import { parseHeyLatencies, parseWrk2Latencies } from './parse-latencies.ts'
import type { ReportedLatencies } from './parse-latencies.ts'

/** Another program that can be told how many requests per second to send. */
export interface RateLimited {
  readonly name: string
  command(url: string, ratePerSecond: number, seconds: number): readonly string[]
  parse(text: string): ReportedLatencies
}

export interface OtherLatencies extends ReportedLatencies {
  readonly trueUs: MedianAndP99
}

const CONNECTIONS = 50

export const wrk2 = (program: string): RateLimited => ({
  name: 'wrk2',
  command: (url, rate, seconds) =>
    `${program} -t 1 -c ${CONNECTIONS} -d ${seconds}s -R ${rate} --latency ${url}`.split(' '),
  parse: parseWrk2Latencies,
})

/** hey limits each of its connections to whole requests per second. */
export const hey = (program: string): RateLimited => ({
  name: 'hey',
  command: (url, rate, seconds) => {
    const connections = Math.min(CONNECTIONS, Math.max(1, Math.floor(rate / 10)))
    const each = Math.round(rate / connections)
    return `${program} -z ${seconds}s -c ${connections} -q ${each} ${url}`.split(' ')
  },
  parse: parseHeyLatencies,
})

const LIMIT_BEYOND_MS = 30_000

/** Such a program on the same server, and what that server knows of the answers it gave. */
export async function measureOther(
  workshop: Workshop,
  program: RateLimited,
  {
    cores,
    ratePerSecond,
    seconds,
  }: { readonly cores: Cores; readonly ratePerSecond: number; readonly seconds: number },
): Promise<OtherLatencies> {
  const serviceRate = serviceRateFor(ratePerSecond)
  const server = await startVirtualTimeServer(workshop, { core: cores.server, serviceRate })
  const command = pinned(cores.generator, program.command(server.url, ratePerSecond, seconds))
  const { code, stdout, stderr } = await workshop.start(command, {
    limitMs: seconds * 1000 + LIMIT_BEYOND_MS,
  }).ended
  if (code !== 0) throw new Error(`${program.name} ended with ${code ?? 'a signal'}:\n${stdout}${stderr}`)
  const { sojournsUs } = await server.truth()
  await server.end()
  return { ...program.parse(stdout), trueUs: sojournsUs }
}
