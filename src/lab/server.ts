import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo, ListenOptions } from 'node:net'
import { formatProblem } from '../units/problem.ts'
import { chooseLab } from './catalogue.ts'
import type { ChosenLab } from './catalogue.ts'
import { createDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import type { LabTruth } from './lab-entry.ts'
import type { LabAccount } from './tally.ts'

export interface LabOptions {
  /** Parameters as `key=value`. */
  readonly settings?: readonly string[]
  readonly seed?: number
  /** Loopback only. */
  readonly host?: '127.0.0.1' | '::1'
  /** 0, the default: any free port. */
  readonly port?: number
  /** Waits for departures by timer, a millisecond or two too long, so that several servers can share a core. */
  readonly lowCpu?: boolean
  /** Listens on this unix socket instead of host and port. */
  readonly socketPath?: string
}

export interface RunningLab {
  /** `http://127.0.0.1:8080`, `http://[::1]:8080` or `unix:/run/lab.sock`. */
  readonly url: string
  readonly truth: LabTruth
  readonly counts: () => LabAccount
  /** Cuts every connection and stops listening. */
  readonly close: () => Promise<void>
}

/** The kernel caps it at net.core.somaxconn; a lab server must never be what refuses a connection. */
const BACKLOG = 4096
const CONTROL = '/.lab/'

/**
 * Serves one model until closed. Its clock starts at the first request. `GET /.lab/counts`, `GET /.lab/truth`
 * and `POST /.lab/reset` (fresh model, same seed, counts at zero, whoever waits is cut off) are not counted.
 *
 * @throws RangeError for an unknown name or setting (`chooseLab` tells beforehand, as problems); a system error
 *   where the address cannot be had.
 */
export async function startLab(name: string, options: LabOptions = {}): Promise<RunningLab> {
  const chosen = chooseLab(name, options.settings)
  if (!chosen.ok) throw new RangeError(chosen.problems.map(formatProblem).join('\n'))
  return startChosen(chosen.value, options)
}

/** The same for a server that is already chosen, in the catalogue or not. */
export async function startChosen(
  chosen: ChosenLab,
  options: Omit<LabOptions, 'settings'> = {},
): Promise<RunningLab> {
  const { entry, values } = chosen
  const { seed = 1, lowCpu = false } = options
  const truth = entry.truth(values)
  const open = (): Desk => createDesk(entry.create(values, seed), !lowCpu)
  let desk = open()

  const server = createServer((request, response) => {
    if (request.url?.startsWith(CONTROL) !== true) {
      whenReceived(request, () => desk.admit(request.url ?? '/', response))
      return
    }
    const route = `${request.method} ${request.url}`
    if (route === 'POST /.lab/reset') {
      desk.close()
      desk = open()
    }
    sendControl(response, controlAnswer(route, desk, chosen, truth))
  })
  server.keepAliveTimeout = 75_000
  server.headersTimeout = 0
  server.requestTimeout = 0
  await listen(server, options)
  return {
    url: urlOf(server, options),
    truth,
    counts: () => desk.counts(),
    close: () => {
      desk.close()
      return stop(server)
    },
  }
}

/** A request counts as arrived once its body has. Most have none; they are spared the wait for an event. */
function whenReceived(request: IncomingMessage, then: () => void): void {
  const { headers } = request
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
  if (!hasBody) {
    then()
    return
  }
  request.once('end', then)
  request.resume()
}

function controlAnswer(route: string, desk: Desk, { entry, values }: ChosenLab, truth: LabTruth): unknown {
  if (route === 'GET /.lab/counts' || route === 'POST /.lab/reset') return desk.counts()
  if (route === 'GET /.lab/truth') return { name: entry.name, parameters: values, ...truth }
  return undefined
}

function sendControl(response: ServerResponse, value: unknown): void {
  const status = value === undefined ? 404 : 200
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(`${JSON.stringify(value ?? { error: 'no such control' })}\n`)
}

function listen(server: Server, { host = '127.0.0.1', port = 0, socketPath }: LabOptions): Promise<void> {
  const where: ListenOptions = socketPath === undefined ? { host, port } : { path: socketPath }
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ ...where, backlog: BACKLOG }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function urlOf(server: Server, { host = '127.0.0.1', socketPath }: LabOptions): string {
  if (socketPath !== undefined) return `unix:${socketPath}`
  const { port } = server.address() as AddressInfo
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close(error => (error === undefined ? resolve() : reject(error)))
    server.closeAllConnections()
  })
}
